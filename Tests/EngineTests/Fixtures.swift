import Foundation
import Messaging
import Testing

@testable import Engine

/// Files of the repository, and conversations that many tests share.
enum Fixtures {
  /// The repository's top folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The two files of shared words, as they ship.
  static let sharedFiles: [(name: String, text: String)] = ["common-words.txt", "engine.txt"].map {
    ($0, text(of: "conversations/" + $0))
  }

  /// The text of a file by its path in the repository.
  static func text(of path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  /// The shared words as they ship.
  static let vocabulary: Vocabulary? = Vocabulary.load(
    engine: sharedFiles[1], commonWords: sharedFiles[0]
  ).0

  /// Checks conversations together with the shared words.
  ///
  /// Warnings are left out: what tests say need neither be plain nor come by in an example.
  static func check(_ files: [(name: String, text: String)]) -> Checker.Report {
    var report = Checker.check(files: sharedFiles + files, hash: hash)
    report.findings.removeAll { !$0.isError }
    return report
  }

  /// The library of these conversations; the test fails when there is any finding.
  static func library(_ files: [(name: String, text: String)]) throws -> Library {
    let report = check(files)
    #expect(report.findings.map(\.description) == [])
    return try #require(report.library)
  }

  /// FNV-1a in 64 bits: short and good enough to tell test files apart.
  static func hash(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }

  /// A small conversation with these lines for its steps.
  static func conversation(keyword: String = "TRY", _ steps: String) -> String {
    """
    conversation: A test
    owner: Test Team
    start when they text: \(keyword)
    start from: resident, staff
    languages: en
    answers: named
    forget after: 4 days

    \(steps)
    """
  }
}
