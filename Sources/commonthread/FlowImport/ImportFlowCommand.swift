extension Command {
  /// Drafts a conversation from a flow of RapidPro or TextIt.
  static let importFlow = Command(
    name: "import-flow", synopsis: "FILE [--flow NAME] [--language CODE]",
    summary: "Drafts a conversation from a RapidPro or TextIt flow.",
    details: """
      commonthread import-flow export.json > conversations/welcome.txt

      Prints the draft, and on standard error what could not be carried over, a line each. Exit code
      0 when everything was, 1 when something was not or the file cannot be read. The draft is a
      beginning: name your team, read every line, write examples and call commonthread check.

      --flow NAME      the flow, where the file holds several
      --language CODE  the language of the flow, such as en, where it does not say
      """
  ) { words in
    let arguments = try Arguments(words, options: ["--flow", "--language"])
    guard let path = arguments.operands.first, arguments.operands.count == 1 else {
      throw Arguments.Misuse(description: "import-flow takes one file.")
    }
    let code = arguments["--language"]
    if let code, !FlowWords.languages.values.contains(code) {
      throw Arguments.Misuse(description: "--language takes a code such as en or cy.")
    }
    guard let bytes = FileBytes.read(path, limit: Flow.limit.bytes) else {
      throw Problem(description: "Cannot read \(path), or it is over 1 MiB.")
    }
    let flows: [Flow]
    do throws(Flow.Fault) {
      flows = try Flow.flows(in: bytes)
    } catch {
      throw Problem(description: "\(path): \(error.sentence)")
    }
    let named = arguments["--flow"].map { name in flows.filter { $0.name == name } } ?? flows
    guard named.count == 1 else {
      let names = flows.map { FlowWords.plain($0.name) }.joined(separator: ", ")
      throw Arguments.Misuse(description: "Say which with --flow. There is \(names).")
    }
    let draft = FlowDraft(named[0], language: code)
    guard Terminal.write(Array(draft.text.utf8)) else { return 1 }
    for sentence in draft.leftOut { Terminal.complain(sentence) }
    return draft.leftOut.isEmpty ? 0 : 1
  }
}
