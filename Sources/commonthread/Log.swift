import Glibc

/// The program's log: one line an event on standard error, which never holds a person's number or
/// words.
enum Log {
  /// Writes a line.
  static func note(_ sentence: String) {
    Terminal.complain(sentence.replacingControls())
  }
}

extension String {
  /// The text with every control character as a space, so that it stays one line.
  fileprivate func replacingControls() -> String {
    String(
      String.UnicodeScalarView(unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }))
  }
}
