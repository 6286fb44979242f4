/// The words after a command's name, taken apart: options, their values, and what is left.
struct Arguments {
  /// What is wrong with the words, in one sentence with the fix.
  struct Misuse: Error, CustomStringConvertible {
    let description: String
  }

  /// The words that are not options, in order.
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var switches: Set<String> = []

  /// Reads the words.
  ///
  /// - Parameters:
  ///   - words: What stands after the command's name.
  ///   - options: The names of the options that take a value, such as `--config`.
  ///   - flags: The names of the options that take none, such as `--json`.
  /// - Throws: `Misuse` for an option that is not among them or has no value.
  init(_ words: [String], options: Set<String> = [], flags: Set<String> = []) throws(Misuse) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      guard word.hasPrefix("--") else {
        operands.append(word)
        continue
      }
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(halves[0])
      if flags.contains(name), halves.count == 1 {
        switches.insert(name)
      } else if options.contains(name) {
        guard let value = halves.count == 2 ? String(halves[1]) : rest.popFirst() else {
          throw Misuse(description: "\(name) needs a value after it.")
        }
        values[name] = value
      } else {
        let known = (options.union(flags)).sorted().joined(separator: ", ")
        let hint = known.isEmpty ? "This command takes no options." : "It takes \(known)."
        throw Misuse(description: "There is no option \(name) here. \(hint)")
      }
    }
  }

  /// The value of an option, or nil when it was not given.
  subscript(option: String) -> String? { values[option] }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { switches.contains(flag) }
}
