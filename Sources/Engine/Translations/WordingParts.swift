/// What a translation must keep of its source as it is.
struct WordingParts {
  /// The names in braces, without their fall-backs, which are words.
  private(set) var values: Set<String> = []
  /// What stands before the colon of lines that begin with `if` or `picture`.
  private(set) var fixed: Set<String> = []

  /// Looks through the words of a cell.
  init(_ cell: String) {
    let words = SourceLines.cell(cell)
    for line in words.split(separator: "\n") {
      guard line.hasPrefix("if ") || line.hasPrefix("picture "),
        let (head, _) = line.cut(at: ":")
      else { continue }
      fixed.insert(head)
    }
    var rest = words[...]
    while let open = rest.firstIndex(of: "{") {
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "}") else { break }
      values.insert(rest[..<close].parts(between: " or ")[0])
      rest = rest[close...]
    }
  }
}
