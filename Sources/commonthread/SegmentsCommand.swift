import HTTP
import Messaging

extension Command {
  /// Counts the parts of texts (`design.md` 3.3).
  static let segments = Command(
    name: "segments", synopsis: "",
    summary: "Counts the parts of each text: a JSON string a line in, an object a line out.",
    details: """
      The text is counted as given: nothing is replaced. Empty text has 0 parts.
      Example: echo '"Caffè €5"' | commonthread segments
      """
  ) { words in
    _ = try Arguments(words)
    var lines = InputLines(limit: 8 << 20)
    var isClean = true
    while let line = lines.next() {
      guard !line.allSatisfy({ $0 == 32 || $0 == 13 }) else { continue }
      guard let text = (try? JSON(parsing: line))?.string else {
        Terminal.write(Array(#"{"error":"The line is not a JSON string."}"#.utf8) + [10])
        isClean = false
        continue
      }
      let segments = Segments(of: text)
      let answer = JSON.object([
        .init("encoding", .string(segments.encoding.rawValue)),
        .init("units", .integer(Int64(segments.units))),
        .init("parts", .integer(Int64(segments.parts))),
        .init("split", .array(segments.split.map { .string($0) })),
      ])
      guard Terminal.write(answer.serialized() + [10]) else { return 1 }
    }
    return isClean ? 0 : 1
  }
}
