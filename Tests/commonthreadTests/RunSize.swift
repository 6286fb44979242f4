import Foundation
import Testing

/// How large a run of the proof is: small by itself, and as large as the environment says.
///
/// `.github/CONTRIBUTING.md` lists the variables.
enum RunSize {
  /// How often the process is killed.
  static var kills: Int { number("COMMONTHREAD_KILLS", else: 20) }

  private static func number(_ name: String, else standard: Int) -> Int {
    guard let text = ProcessInfo.processInfo.environment[name] else { return standard }
    guard let number = Int(text), number > 0 else {
      Issue.record("\(name) must be a number from 1")
      return standard
    }
    return number
  }
}

/// Prints what a run counted and proved, in one line.
func proven(_ sentence: String) {
  print("proof: \(sentence)")
}
