import Messaging

/// Reads the poll of an example: its topic, the bargain, and questions as under `ask`.
extension FileReader {
  /// Reads the lines under `poll: topic`; what stands for no part of a poll is reported.
  mutating func poll(_ topic: String, _ node: SourceNode) -> Poll {
    var bargain = Poll.Bargain()
    bargain["poll topic"] = topic
    var privacy = AnswerPrivacy.anonymous
    var questions: [Poll.Question] = []
    for child in node.children {
      if let words = child.text.after("privacy:"), let kind = AnswerPrivacy(rawValue: words) {
        privacy = kind
      } else if let head = child.text.after("ask ") {
        questions.append(pollQuestion(head, child))
      } else if let (name, words) = child.text.cut(at: ":"),
        ValueName.ofPolls.contains("poll " + name)
      {
        bargain["poll " + name] = words
      } else {
        report(
          "E603", child.line, "“\(child.text.prefix(40))” is no part of a poll",
          fix: "write “ask name: words” with choices under it, or decided:, not decided:, "
            + "decider:, closes:, result day:, result: or privacy:")
      }
    }
    if questions.isEmpty {
      report(
        "E603", node.line, "this poll asks nothing", fix: "add a line “ask name: words” under it")
    }
    let id = file.hasSuffix(".examples.txt") ? file.dropLast(13) : file.dropLast(4)
    return Poll(
      id: "example", conversation: String(id), privacy: privacy, languages: languages,
      bargain: [languages.first ?? "en": bargain], questions: questions)
  }

  private mutating func pollQuestion(_ head: String, _ node: SourceNode) -> Poll.Question {
    var asking = AskReader(node: node)
    let known = questions
    let ask = asking.pollQuestion(head, &self)
    questions = known
    return Poll.Question(
      name: ask.name, wording: words(ask.wording),
      choices: ask.choices.map { choice in
        Poll.Choice(id: choice.id, labels: words(choice.label), synonyms: choice.phrases)
      }, type: ask.type)
  }

  /// Wording for all channels, by language code.
  private func words(_ wording: Wording) -> [String: String] {
    var words: [String: String] = [:]
    for variant in wording.variants where variant.channel == nil {
      words[languages[variant.language]] = variant.template.plain
    }
    return words
  }
}
