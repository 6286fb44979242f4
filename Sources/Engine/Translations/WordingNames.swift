/// The names of the places in a file where wording stands.
struct WordingNames {
  private let id: String
  /// By line: the node and the names of what it stands under.
  private var nodes: [Int: (node: SourceNode, path: [String])] = [:]

  /// Takes the file's nodes.
  init(file: String, nodes: [SourceNode]) {
    id = String(file.dropLast(file.hasSuffix(".txt") ? 4 : 0))
    for node in nodes { add(node, []) }
  }

  private mutating func add(_ node: SourceNode, _ path: [String]) {
    let path = path + [Self.name(of: node.text)]
    nodes[node.line] = (node, path)
    for child in node.children { add(child, path) }
  }

  /// What a line is called: `step ask` and `ask door (words up to 3):` by their names, a choice by its
  /// id, anything else by what stands before its colon.
  private static func name(of text: String) -> String {
    let head = text.cut(at: ":")?.before ?? text
    if let name = head.after("step ") { return name.lowercased() }
    if let choice = head.after("- ") { return choice.cut(at: " if ")?.before ?? choice }
    if let name = head.after("ask ") { return name.cut(at: " (")?.before ?? name }
    if head.hasPrefix("remind ") { return "remind" }
    return String(head.prefix(60))
  }

  /// The id of the wording that begins on that line.
  func id(ofLine line: Int) -> String {
    ([id] + (nodes[line]?.path ?? ["\(line)"])).joined(separator: "/")
  }

  /// What a translator must know of it.
  func note(ofLine line: Int, _ source: String) -> String {
    var notes: [String] = []
    if nodes[line]?.node.text.hasPrefix("- ") == true {
      notes.append("An answer to choose: 20 characters at most are best.")
      if source.contains("(also ") {
        notes.append("Behind “also” stand other words for it: write those that people would use.")
      }
    }
    let parts = WordingParts(source)
    if let value = parts.values.min() {
      notes.append("Keep {\(value)} and all else in braces; words in quotes there are translated.")
    }
    if let head = parts.fixed.min() { notes.append("Keep “\(head):” in front of its line.") }
    if source.contains("\n\n") { notes.append("An empty line begins a new line of the message.") }
    return notes.joined(separator: " ")
  }
}
