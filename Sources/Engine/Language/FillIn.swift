import Messaging

/// A value that staff fill in when they start a conversation.
///
/// ```text
/// conversation: Your visit
/// owner: Repairs Team
/// purpose: Tell people when we come.
/// class: service
/// start from: staff
/// languages: en
/// answers: named
/// staff fill in: place (words up to 30), visits (number 1 to 3)
/// forget after: 2 days
///
/// step tell
///   say: We will visit {place}. Number of visits: {visits}.
///   end
///
/// example a visit
///   staff fill in: place is "Flat 4"
///   staff fill in: visits is two
///   started by: staff
///   bot: Elm Homes: We will visit Flat 4. Number of visits: 2.
///
/// example nothing begins without it
///   started by: staff
///   nothing is sent
/// ```
public struct FillIn: Sendable {
  /// The value's name.
  public let name: String
  /// What staff may write there, as the file says it, such as `words up to 30`.
  public let kind: String
  private let matcher: QuestionMatcher

  /// What is kept of the words that staff wrote; nil when they are none of that kind.
  ///
  /// `today` is the day from which days such as `next Friday` are counted.
  public func value(of words: String, on today: CivilDate) -> String? {
    matcher.answer(to: FoldedReply(words), on: today, sureOnly: false)?.stored
  }

  /// Reads `place (words up to 30), day (date)`; what cannot be read is reported and left out.
  static func read(_ list: String, line: Int, _ reader: inout FileReader) -> [FillIn] {
    var fillIns: [FillIn] = []
    for item in items(list) {
      guard item.hasSuffix(")"), let (name, inside) = item.cut(at: "("), ValueName.isValid(name),
        let type = type(inside.dropLast().trimmed, line: line, &reader)
      else {
        reader.report(
          "E121", line, "“\(item)” does not say what staff fill in",
          fix: "write a name and a type, such as “place (words up to 30)”")
        continue
      }
      if ValueName.all.contains(name) || !reader.filledIn.insert(name).inserted {
        reader.report(
          "E306", line, "“\(name)” already means something else", fix: "choose another name")
      }
      fillIns.append(
        FillIn(
          name: name, kind: inside.dropLast().trimmed,
          matcher: QuestionMatcher(type, vocabulary: reader.vocabulary)))
    }
    return fillIns
  }

  /// The type of that name; nil for none and for choices, which a fill-in cannot have.
  private static func type(
    _ words: String, line: Int, _ reader: inout FileReader
  ) -> AnswerType? {
    let question = TypedQuestion(line: line, options: [])
    var type: AnswerType?
    for kind in answerTypeKinds where type == nil { type = kind.read(words, question, &reader) }
    switch type {
    case .choices, .several, nil: return nil
    default: return type
    }
  }

  /// The parts between commas that stand outside brackets.
  private static func items(_ list: String) -> [String] {
    var items: [String] = []
    var item = ""
    var depth = 0
    for character in list {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth <= 0 {
        items.append(item.trimmed)
        item = ""
      } else {
        item.append(character)
      }
    }
    return items + [item.trimmed]
  }
}

extension Program {
  /// What a session begins with when staff filled in `values`; nil when one is missing or wrong.
  func filledIn(_ values: [String: String], on today: CivilDate) -> [Session.Value]? {
    var kept: [Session.Value] = []
    for fillIn in fillIns {
      guard let value = values[fillIn.name].flatMap({ fillIn.value(of: $0, on: today) }) else {
        return nil
      }
      kept.append(Session.Value(name: fillIn.name, text: value))
    }
    return kept
  }
}
