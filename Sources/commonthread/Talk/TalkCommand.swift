import Engine
import Gateway
import Glibc
import Messaging

extension Command {
  /// A conversation in the terminal.
  static let talk = Command(
    name: "talk", synopsis: "[CONVERSATION] [--as NUMBER] [--channel KIND] [--language CODE]",
    summary: "Texts with the conversations in the terminal; nothing is sent or stored.",
    details: """
      Type what a resident would text. With the id of a conversation, staff start that one. It is
      Tuesday 24 November 2026, 10:00, as in every example, until you let time pass. Timers wait for
      the sending hours. An action asks you what comes of it.

      \(TalkOrder.list)

      --as NUMBER      texts as the resident with that number; 07700 900123 if it is not given
      --channel KIND   \(ChannelStyle.kinds.joined(separator: ", ")); sms if it is not given
      --language CODE  the language on the landlord's record, such as cy
      --config FILE    the configuration: the folder of conversations, the landlord, the price

      Colours are left out where NO_COLOR is set, and in a pipe.
      """
  ) { words in
    let arguments = try Arguments(
      words, options: ["--as", "--channel", "--language", "--config"])
    let configuration = try ConfigurationFile.load(arguments["--config"])
    let number = arguments["--as"] ?? "07700 900123"
    guard (try? Address.phone(number, region: configuration.region)) != nil else {
      throw Arguments.Misuse(description: "\(number) is not a phone number.")
    }
    let channel = arguments["--channel"] ?? "sms"
    guard ChannelStyle.kinds.contains(channel) else {
      throw Arguments.Misuse(
        description: "--channel takes \(ChannelStyle.kinds.joined(separator: ", ")).")
    }
    guard arguments.operands.count <= 1 else {
      throw Arguments.Misuse(description: "talk starts one conversation at most.")
    }
    let files = try ConversationFolder.files(in: configuration.conversations)
    let (library, findings) = ConversationFolder.load(files)
    for finding in findings where finding.isError { Terminal.complain("\(finding)") }
    guard let library else { return 1 }
    var lines = InputLines(limit: 65_536)
    var talk = Talk(
      library: library, scene: try TalkScene(configuration),
      screen: TalkScreen(
        isColoured: Terminal.showsColours, pencePerPart: configuration.pencePerPart),
      read: { prompt in
        if Terminal.isInteractive { Terminal.write(Array(prompt.utf8)) }
        guard let line = lines.next() else { return nil }
        let words = String(decoding: line, as: UTF8.self)
        if !Terminal.isInteractive { Terminal.say(prompt + words) }
        return words
      }, write: { Terminal.say($0) })
    talk.state.context.channel = channel
    talk.state.context.showsPictures = ChannelStyle.showsPictures(channel)
    talk.state.context.language = arguments["--language"]
    if let conversation = arguments.operands.first {
      guard library.conversationIDs.contains(conversation) else {
        let ids = library.conversationIDs.joined(separator: ", ")
        throw Problem(description: "There is no conversation \(conversation). There are \(ids).")
      }
      talk.take(.start(conversation: conversation, step: nil))
    }
    talk.run()
    return 0
  }
}

extension Terminal {
  /// Whether what is printed may be coloured: on a terminal that can, and where nobody objects
  /// (<https://no-color.org>).
  static var showsColours: Bool {
    func variable(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return isInteractive && variable("NO_COLOR").isEmpty && variable("TERM") != "dumb"
  }
}
