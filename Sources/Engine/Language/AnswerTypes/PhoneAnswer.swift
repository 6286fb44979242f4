import Messaging

/// `(phone)`: a phone number that can be called without a special price.
///
/// What is kept is the number in E.164, such as `+447700900123`. A number without a country is one of
/// the United Kingdom. Words may stand around it; of two numbers neither is taken, nor is one of
/// premium rate, with a service charge, of a pager or of personal numbering.
///
/// ```text
/// conversation: Who can we call?
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask number (phone):
///     Which number may we call?
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: Thank you. We will call {number}.
///   end
///
///
/// step finish
///   end
///
/// example a digit is missing
///   resident: TRY
///   bot: Which number may we call?
///   resident: 07700 90012
///   bot: Sorry, ... the whole phone number, such as 01632 960 123. Which number may we call?
///   resident: my mobile 07700 900 123
///   bot: Thank you. We will call +447700900123.
///   answer number is +447700900123
/// ```
struct PhoneAnswer: AnswerTypeKind {
  let vocabulary: Vocabulary

  static let form = "(phone)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    words == "phone" ? .phone : nil
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    guard !reply.words.contains(where: vocabulary.negations.contains) else {
      return .unclear(.ambiguous)
    }
    let runs = Self.numbers(in: reply.text)
    guard runs.count == 1 else { return .unclear(runs.isEmpty ? .nothingFound : .ambiguous) }
    guard let number = try? PhoneNumber(runs[0].number) else { return .unclear(.nothingFound) }
    if context.sureOnly, runs[0].isAmongWords { return .unclear(.nothingFound) }
    switch number.kind {
    case .mobile, .landline, .corporate, .freephone, .international:
      return .certain(.value(number.e164))
    case .personal, .pager, .service, .premium: return .unclear(.notAccepted)
    }
  }

  var hint: RetryHint? { RetryHint(text: .hintPhone) }

  /// The runs of digits and of what people put between the digits of a number.
  private static func numbers(in text: String) -> [(number: String, isAmongWords: Bool)] {
    let looked = text.unicodeScalars.prefix(Folding.limit)
    let parts = looked.split { !isOfNumber($0) }
    let numbers = parts.filter { $0.contains(where: isDigit) }
    let isAmongWords = looked.contains { $0.properties.isAlphabetic }
    return numbers.map { (String($0), isAmongWords) }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.numericType == .decimal
  }

  private static func isOfNumber(_ scalar: Unicode.Scalar) -> Bool {
    isDigit(scalar) || "+-./() \t".unicodeScalars.contains(scalar)
      || scalar.properties.generalCategory == .spaceSeparator
      || scalar.properties.generalCategory == .dashPunctuation
      || scalar.properties.isDefaultIgnorableCodePoint || scalar == "\u{FF0B}"
      || scalar == "\u{FF08}" || scalar == "\u{FF09}"
  }
}
