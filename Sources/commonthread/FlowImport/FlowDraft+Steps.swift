import HTTP

/// The statements of each node's step.
extension FlowDraft {
  /// A message of the flow with where its translations are.
  struct Message {
    let text: String
    let uuid: String
    let quickReplies: [String]
  }

  /// The nodes that only say sorry and ask the question before them again: `not understood:` does.
  static func sorryNodes(of flow: Flow) -> Set<String> {
    var ways: [String: Int] = [:]
    for exit in flow.nodes.flatMap(\.exits) {
      if let destination = exit.destination { ways[destination, default: 0] += 1 }
    }
    let questions = flow.nodes.filter { $0.router?.waits == true }
    return Set(
      questions.compactMap { node in
        node.router.flatMap { node.destination(of: $0.defaultCategory) }.flatMap {
          ways[$0] == 1 && isSorry($0, after: node.uuid, in: flow) ? $0 : nil
        }
      })
  }

  /// Whether a node does no more than say something and lead back to the question.
  private static func isSorry(
    _ uuid: String, after question: String, in flow: Flow
  ) -> Bool {
    guard uuid != question, uuid != flow.nodes.first?.uuid,
      let node = flow.nodes.first(where: { $0.uuid == uuid })
    else { return false }
    return node.router == nil && !node.actions.isEmpty
      && node.actions.allSatisfy { $0["type"]?.string == "send_msg" }
      && node.exits.first?.destination == question
  }

  /// The message that asks what a node waits for: its own last one, or that of the first node that
  /// leads there with one.
  func asking(_ node: Flow.Node) -> (message: Message, node: String)? {
    if let own = Self.lastMessage(node) { return (own, node.uuid) }
    for from in flow.nodes where from.router == nil && !sorryNodes.contains(from.uuid) {
      guard from.exits.first?.destination == node.uuid, from.uuid != node.uuid,
        let message = Self.lastMessage(from)
      else { continue }
      return (message, from.uuid)
    }
    return nil
  }

  /// The message that asks, with its quick replies; nil where the flow has none.
  func askingMessage(_ node: Flow.Node) -> Message? { asking(node)?.message }

  private static func lastMessage(_ node: Flow.Node) -> Message? {
    guard let last = node.actions.last, last["type"]?.string == "send_msg" else { return nil }
    return message(last)
  }

  static func message(_ action: JSON) -> Message {
    Message(
      text: action["text"]?.string ?? "", uuid: action["uuid"]?.string ?? "",
      quickReplies: action.quickReplies)
  }

  /// Whether the last message of a node is asked by the question that it leads to.
  private func isAskedLater(_ node: Flow.Node) -> Bool {
    guard node.router == nil, let next = node.exits.first?.destination,
      let question = flow.nodes.first(where: { $0.uuid == next }), question.router?.waits == true
    else { return false }
    return asking(question)?.node == node.uuid
  }

  /// The lines of a node's step.
  mutating func lines(of node: Flow.Node) -> [String] {
    var lines: [String] = []
    let waits = node.router?.waits == true
    let isAsked = waits && asking(node)?.node == node.uuid || isAskedLater(node)
    for action in isAsked ? node.actions.dropLast() : node.actions[...] {
      let new = self.lines(of: action)
      lines += new
      if new.contains(where: { $0.hasPrefix("  hand over to ") || $0 == "  end" }) { return lines }
    }
    guard let router = node.router else {
      return lines + [end(node.exits.first?.destination)]
    }
    if router.isRandom {
      leave("A choice by chance: the first way is always taken.", in: &lines)
      return lines + [end(node.exits.first?.destination)]
    }
    return lines + (router.waits ? question(node, router) : branch(node, router))
  }

  private func end(_ destination: String?) -> String {
    destination.flatMap { steps[$0] }.map { "  -> " + $0 } ?? "  end"
  }

  /// Notes what is not carried over, in the list and in the file.
  mutating func leave(_ sentence: String, in lines: inout [String]) {
    let sentence = FlowWords.plain(sentence)
    leftOut.append(sentence)
    lines.append("  note: left out: " + sentence)
  }

  /// The lines of one action.
  private mutating func lines(of action: JSON) -> [String] {
    var lines: [String] = []
    let type = action["type"]?.string ?? ""
    switch type {
    case "send_msg":
      let message = Self.message(action)
      if action["attachments"]?.array?.isEmpty == false {
        leave("What is attached to “\(message.text.prefix(40))”.", in: &lines)
      }
      if !message.text.allSatisfy(\.isWhitespace) {
        lines += wording("  say: ", [message], indent: "    ")
      }
    case "set_run_result", "set_contact_field":
      lines += set(
        action["field"]?["name"]?.string ?? action["name"]?.string ?? "",
        to: action["value"]?.string ?? "", type)
    case "set_contact_language":
      if let code = FlowWords.languages[action["language"]?.string ?? ""] {
        lines += ["  set language \(code):", "    - set", "    - not offered"]
      } else {
        leave("\(type): no language of a conversation.", in: &lines)
      }
    case "add_contact_groups", "remove_contact_groups":
      let isJoin = type == "add_contact_groups"
      for group in action["groups"]?.array ?? [] {
        let name = FlowWords.name(group["name"]?.string ?? "")
        guard !name.isEmpty else {
          leave("\(type): a group without a name of its own.", in: &lines)
          continue
        }
        lines += ["  \(isJoin ? "join" : "leave") \(name):"]
        lines += isJoin ? ["    - joined", "    - already in"] : ["    - left", "    - not in"]
      }
      if action["all_groups"]?.bool == true { leave("\(type): all groups.", in: &lines) }
    case "enter_flow":
      let name = FlowWords.plain(action["flow"]?["name"]?.string ?? "")
      let id = FlowWords.name(name).split(separator: " ").joined(separator: "-")
      leftOut.append("The flow “\(name)”: import it too, as \(id).txt.")
      lines.append(id.isEmpty ? "  note: left out: a flow without a name" : "  run \(id)")
      if action["terminal"]?.bool == true { lines.append("  end") }
    case "open_ticket":
      let note = FlowWords.plain(action["note"]?.string ?? action["body"]?.string ?? "")
      lines.append(
        "  hand over to \(Self.team)\(note.isEmpty ? "" : ": " + String(note.prefix(200)))")
    default: leave("\(type.isEmpty ? "An action without a type" : type).", in: &lines)
    }
    return lines
  }

  private mutating func set(_ name: String, to value: String, _ type: String) -> [String] {
    var lines: [String] = []
    let key = FlowWords.name(name)
    let words = FlowWords.plain(value).filter { $0 != "\"" }
    if key.isEmpty || words.isEmpty || value.contains("@") || questions[key] != nil
      || questions.values.contains(key) || isTaken(key)
    {
      leave(
        "\(type) “\(name.prefix(40))”: a value that is worked out, or known already.", in: &lines)
    } else {
      variables.insert(key)
      lines.append("  set \(key) to \"\(words.prefix(200))\"")
    }
    return lines
  }

  /// Words with their translations below them: as lines where all are there, as notes else.
  mutating func wording(_ head: String, _ messages: [Message], indent: String) -> [String] {
    let source = messages.flatMap { filled($0.text) }
    var lines = Self.block(head, source.isEmpty ? ["..."] : source, indent: indent)
    for name in flow.translations {
      guard let code = FlowWords.languages[name], code != language else { continue }
      let words = messages.map { flow.translated($0.uuid, "text", into: name).first ?? "" }
      let translated = words.contains("") ? [] : words.flatMap { filled($0) }
      lines += translation(translated, code, name, indent)
    }
    return lines
  }

  /// The lines of a translation; a missing one is counted.
  mutating func translation(
    _ words: [String], _ code: String, _ name: String, _ indent: String
  ) -> [String] {
    guard !words.isEmpty else {
      missing[name, default: 0] += 1
      return []
    }
    let lines = Self.block("\(indent)\(code): ", words, indent: indent + "  ")
    guard !languages.contains(where: { $0.code == code }) else { return lines }
    return words.map { "\(indent)note: \(code): \($0)" }
  }

  /// The first line behind the head, the others below it with the empty line that breaks lines.
  private static func block(_ head: String, _ words: [String], indent: String) -> [String] {
    [head + words[0]] + words.dropFirst().flatMap { ["", indent + $0] }
  }

  /// The words of a message with the values that the conversation has.
  private mutating func filled(_ text: String) -> [String] {
    var unknown: [String] = []
    let (questions, variables) = (questions, variables)
    let lines = FlowWords.lines(text) { expression in
      let parts = expression.split(separator: ".").map(String.init)
      let root = parts.first ?? ""
      if root == "contact", parts.count < 2 || ["name", "first_name"].contains(parts[1]) {
        return "{first name or \"there\"}"
      }
      let key = FlowWords.name(parts.count > 1 ? parts[1] : "")
      if root == "results", parts.count <= 3, !key.isEmpty {
        if let question = questions[key] { return "{\(question) or \"-\"}" }
        if variables.contains(key) { return "{\(key) or \"-\"}" }
      }
      unknown.append(expression)
      return "(\(FlowWords.plain(parts.last ?? "")))"
    }
    for expression in unknown {
      let sentence = "The value @\(FlowWords.plain(expression).prefix(60)): write other words."
      if !leftOut.contains(sentence) { leftOut.append(sentence) }
    }
    return lines
  }
}
