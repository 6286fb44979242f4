import Messaging

/// `(email)`: an e-mail address.
///
/// What is kept is the address with its domain in small letters. Words may stand around it; of two
/// addresses neither is taken. Whether it exists is not known here.
///
/// ```text
/// conversation: Where may we write?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask email (email):
///     What is your e-mail address?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: Thank you. We will write to {email}.
///   end
///
///
/// step finish
///   end
///
/// example a full stop behind it
///   resident: TRY
///   bot: What is your e-mail address?
///   resident: jo at example.org
///   bot: Sorry, ... the whole e-mail address. What is your e-mail address?
///   resident: it is jo.bloggs@Example.ORG.
///   bot: Thank you. We will write to jo.bloggs@example.org.
///   answer email is jo.bloggs@example.org
/// ```
struct EmailAnswer: AnswerTypeKind {
  let vocabulary: Vocabulary

  static let form = "(email)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    words == "email" || words == "e-mail" ? .email : nil
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    let scalars = reply.text.unicodeScalars.prefix(Folding.limit).map(Self.narrow)
    let parts = scalars.split { $0.properties.isWhitespace || ",;<>".unicodeScalars.contains($0) }
    let candidates = parts.filter { $0.contains("@") }
    guard candidates.count == 1 else {
      return .unclear(candidates.isEmpty ? .nothingFound : .ambiguous)
    }
    let others = parts.filter { !$0.contains("@") }
    if context.sureOnly, !others.isEmpty { return .unclear(.nothingFound) }
    let isDenied = others.contains { part in
      let word = Folding.fold(Self.text(part[...]))
      return vocabulary.negations.contains(word)
    }
    guard !isDenied else { return .unclear(.ambiguous) }
    var written = candidates[0][...]
    while let last = written.last, ".!?:)]\"'".unicodeScalars.contains(last) {
      written.removeLast()
    }
    while let first = written.first, "([:\"'".unicodeScalars.contains(first) {
      written.removeFirst()
    }
    let text = Self.text(written)
    let plain = text.lowercased().hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
    guard let address = try? Address(text: "email:" + plain) else {
      return .unclear(.nothingFound)
    }
    return .certain(.value(address.value))
  }

  var hint: RetryHint? { RetryHint(text: .hintEmail) }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  /// The plain character for one of full width.
  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }
}
