import Channels
import Console
import Engine
import HTTP
import Store

@testable import commonthread

let programTargets = [
  FuzzTarget("configuration", readConfiguration), FuzzTarget("arguments", readArguments),
  FuzzTarget("stored-program", readStoredProgram), FuzzTarget("html", readHTML),
  FuzzTarget("journal-entry", readJournalEntry), FuzzTarget("send-list", readSendList),
  FuzzTarget("translations", readTranslations), FuzzTarget("flow", readFlow),
]

private let lookup = SecretLookup(
  environment: { name in name == "TOKEN" ? "token" : nil }, file: { _ in nil })

private func readConfiguration(_ bytes: [UInt8]) {
  do throws(SettingsError) {
    let configuration = try Configuration(parsing: bytes, lookup: lookup)
    claim(!configuration.languages.isEmpty, "there is a language")
    claim(
      configuration.channels.allSatisfy { $0.inFlight > 0 && $0.partsPerSecond > 0 }, "the pace")
    _ = try configuration.gatewaySettings()
  } catch {
    claim(!error.path.isEmpty && !error.reason.isEmpty, "an error says where and what")
  }
}

private func readArguments(_ bytes: [UInt8]) {
  let words = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  do throws(Arguments.Misuse) {
    let arguments = try Arguments(words, options: ["--config", "--to"], flags: ["--json"])
    claim(arguments.operands.allSatisfy(words.contains), "operands come from the words")
    claim(!arguments.has("--json") || words.contains("--json"), "so do flags")
    for option in ["--config", "--to"] {
      guard let value = arguments[option] else { continue }
      claim(words.contains(value) || words.contains(option + "=" + value), "and values")
    }
  } catch {
    claim(error.description.hasSuffix("."), "misuse is told in a sentence")
  }
}

private func readStoredProgram(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  _ = ProgramSource(conversation: "a", hash: "h", stored: text)
  let source = ProgramSource(
    conversation: "a", hash: "h", text: text, commonWords: text, engineText: "")
  let again = ProgramSource(conversation: "a", hash: "h", stored: source.stored)
  claim(again?.text.isSame(text) == true, "what was stored is read")
}

/// Escaped text has no sign that ends a text or an attribute, and none that hides.
private func readHTML(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let page: HTML = "\(text)"
  claim(!page.bytes.contains { [34, 39, 60, 62, 0].contains($0) }, "no markup comes of text")
  let shown = String(decoding: page.bytes, as: UTF8.self)
  for scalar in shown.unicodeScalars {
    claim(!("\u{202A}"..."\u{202E}").contains(scalar), "no override")
    claim(!("\u{2066}"..."\u{2069}").contains(scalar), "no isolate")
  }
}

private func readJournalEntry(_ bytes: [UInt8]) {
  guard let entry = JournalEntry(line: String(decoding: bytes, as: UTF8.self)) else { return }
  // No address is so long that its line, in which some bytes are three, would not be read.
  guard entry.line.utf8.count <= JournalEntry.longestLine else { return }
  claim(JournalEntry(line: entry.line) == entry, "the written entry is read: \(entry.line)")
  claim(!entry.line.dropLast().utf8.contains { $0 < 32 }, "one line")
}

private let settings = try? Configuration.builtIn().gatewaySettings()

private func readSendList(_ bytes: [UInt8]) {
  guard let settings else { return claim(false, "there are settings") }
  let list = SendList(parsing: bytes, text: "Hello", settings: settings)
  claim(list.messages.isEmpty || list.messages.allSatisfy { !$0.text.isEmpty }, "no empty text")
  claim(Set(list.messages.map(\.address)).count == list.messages.count, "nobody is in it twice")
  claim(!list.messages.isEmpty || !list.problems.isEmpty, "nothing is never said to be in order")
}

/// What a spreadsheet is given comes back as it was, whatever the cells hold.
private func readTranslations(_ bytes: [UInt8]) {
  _ = try? TranslationsFile.rows(of: bytes)
  let cells = String(decoding: bytes, as: UTF8.self).split(
    separator: "\u{1F}", omittingEmptySubsequences: false
  ).map { $0.filter { !$0.isWhitespace && $0 != "\0" } }
  guard cells.count >= 2, cells.allSatisfy({ !$0.isEmpty }) else { return }
  let row = TranslationSheet.Row(id: "a/b", source: cells[0], translation: cells[1])
  let rows = try? TranslationsFile.rows(of: TranslationsFile.bytes(of: [row]))
  claim(rows?.count == 1, "one row")
  claim(rows?[0].translation.isSame(cells[1]) == true, "the translation")
}

private func readFlow(_ bytes: [UInt8]) {
  guard let flows = try? Flow.flows(in: bytes) else { return }
  for flow in flows.prefix(4) {
    let draft = FlowDraft(flow, language: "en")
    claim(!draft.text.isEmpty, "there is a draft")
  }
}
