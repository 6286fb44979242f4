/// `(code like AA-9999)`: a code in which A stands for a letter and 9 for a digit.
///
/// What is kept is the code in capitals with the signs of the pattern. Case, spaces and signs do not
/// matter, nor does O for 0 or I for 1. Among other words a code is found only when it is right to the
/// letter and has a digit.
///
/// ```text
/// conversation: Your code
/// owner: Front Desk
/// purpose: Show a type of answer.
/// start when they text: TRY
/// start from: resident
/// languages: en
/// answers: named
/// forget after: 4 days
///
/// step try
///   ask code (code like AA-9999):
///     Please text the code from your letter.
///     not understood 2 times -> finish
///     no answer after 2 days -> finish
///   say: Thank you. That is {code}.
///   end
///
///
/// step finish
///   end
///
/// example a letter for a digit
///   resident: TRY
///   bot: Please text the code from your letter.
///   resident: ab 123
///   bot: Sorry, ... the code, such as AB-1234. Please text the code from your letter.
///   resident: ab I2O4
///   bot: Thank you. That is AB-1204.
///   answer code is AB-1204
/// ```
struct CodeAnswer: AnswerTypeKind {
  let pattern: CodePattern
  let vocabulary: Vocabulary

  static let form = "(code like AA-9999)"

  static func read(
    _ words: String, _ question: TypedQuestion, _ reader: inout FileReader
  ) -> AnswerType? {
    guard words == "code" || words.hasPrefix("code ") else { return nil }
    if let pattern = words.after("code like ").flatMap(CodePattern.init) { return .code(pattern) }
    reader.report(
      "E236", question.line, "the pattern of “\(words)” cannot be read",
      fix: "write A for each letter and 9 for each digit, such as “(code like AA-9999)”")
    return CodePattern("AA-9999").map { .code($0) }
  }

  func match(_ reply: FoldedReply, _ context: ReplyContext) -> ReplyMatch {
    let core = vocabulary.withoutCourtesies(reply.words)
    for words in [reply.words, core] {
      if let code = pattern.code(typed: words.joined()) { return .certain(.value(code)) }
    }
    guard !context.sureOnly, pattern.hasDigit else { return .unclear(.nothingFound) }
    guard !core.contains(where: vocabulary.negations.contains) else { return .unclear(.ambiguous) }
    let found = pattern.codes(in: core)
    guard let first = found.first else { return .unclear(.nothingFound) }
    return found.count == 1 ? .certain(.value(first)) : .unclear(.ambiguous)
  }

  var hint: RetryHint? { RetryHint(text: .hintCode, slots: ["example": pattern.example]) }
}
