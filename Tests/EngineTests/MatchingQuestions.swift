import Foundation
import Messaging

@testable import Engine

/// Tuesday 24 November 2026, on which every example begins.
let someTuesday = CivilDate(daysSince1970: 20_781)

/// The two files as they ship, for the tests of matching.
enum ShippedWords {
  static let engine = file("engine.txt")
  static let commonWords = file("common-words.txt")

  static let vocabulary =
    Vocabulary.load(engine: engine, commonWords: commonWords).0 ?? Vocabulary()

  private static func file(_ name: String) -> (name: String, text: String) {
    let folder = URL(filePath: #filePath).appending(path: "../../../conversations/").standardized
    let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return (name, text ?? "")
  }
}

/// The questions that the reply tables ask.
enum MatchingQuestion: String, Sendable {
  /// Lifts, bins, heating, other: domain.md's poll.
  case topic
  /// Does your flat's front door shut by itself?
  case door
  /// A plain yes or no.
  case yesOrNo
  /// How satisfied are you?
  case satisfied
  /// Which reward? One of the choices has the label "No thanks".
  case reward
  /// A number from 1 to 20.
  case people
  /// A number from 0 to 10 with decimals.
  case height
  /// Free words of at most 30 characters.
  case words
  /// Up to two of lifts, bins and heating.
  case several
  /// The other types, as scripts ask for them.
  case date, time, postcode, phone, email, code

  static let matchers = Dictionary(
    uniqueKeysWithValues: allTypes.map { question, type in
      (question, QuestionMatcher(type, vocabulary: ShippedWords.vocabulary))
    })

  private static let allTypes: [(MatchingQuestion, AnswerType)] = [
    (
      .topic,
      .choices([
        .init(id: "lifts", phrases: ["Lifts", "the lift", "lift", "lifftiau", "windy"]),
        .init(id: "bins", phrases: ["Bins", "rubbish", "bin store", "biniau", "śmieci"]),
        .init(id: "heating", phrases: ["Heating", "too cold", "gwres", "ogrzewanie"]),
        .init(id: "other", phrases: ["Other"]),
      ])
    ),
    (
      .door,
      .choices([
        .init(
          id: "yes", phrases: ["Yes, it shuts", "shuts fine", "Ydy", "ydi", "Tak, zamyka się"]),
        .init(id: "no", phrases: ["No", "stays open", "broken", "it sticks", "Nac ydy", "Nie"]),
        .init(
          id: "unsure", phrases: ["Not sure", "dont know", "dunno", "no idea", "Ddim yn siŵr"]),
      ])
    ),
    (.yesOrNo, .yesOrNo),
    (
      .satisfied,
      .choices([
        .init(id: "5", phrases: ["Very satisfied"]),
        .init(id: "4", phrases: ["Fairly satisfied"]),
        .init(id: "3", phrases: ["Neither satisfied nor dissatisfied"]),
        .init(id: "2", phrases: ["Fairly dissatisfied"]),
        .init(id: "1", phrases: ["Very dissatisfied"]),
      ])
    ),
    (
      .reward,
      .choices([
        .init(id: "shop", phrases: ["A code by text", "shop"]),
        .init(id: "post", phrases: ["A paper voucher by post", "paper"]),
        .init(id: "charity", phrases: ["Give it to charity", "donate"]),
        .init(id: "none", phrases: ["No thanks"]),
      ])
    ),
    (.people, .number(1...20, decimals: false)),
    (.height, .number(0...10, decimals: true)),
    (.words, .words(upTo: 30)),
    (
      .several,
      .several(
        [
          .init(id: "lifts", phrases: ["Lifts"]), .init(id: "bins", phrases: ["Bins"]),
          .init(id: "heating", phrases: ["Heating and hot water"]),
        ], upTo: 2)
    ),
    (.date, .date(.either)), (.time, .time(480...1080)), (.postcode, .postcode), (.phone, .phone),
    (.email, .email), (.code, CodePattern("AA-9999").map { .code($0) } ?? .yesOrNo),
  ]
}
