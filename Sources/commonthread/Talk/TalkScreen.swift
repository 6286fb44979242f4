import Engine
import Messaging

/// How a conversation looks in the terminal: each message as the phone shows it, with its cost.
struct TalkScreen {
  /// Whether colours are shown.
  let isColoured: Bool
  /// What one part costs, in pence; nil when nobody said.
  let pencePerPart: Double?

  /// How many characters a phone shows in a line.
  private static let width = 48

  /// Something that is not a message.
  func note(_ sentence: String) -> String { coloured("  (\(sentence))", "2") }

  /// The message with its buttons, and what it costs.
  func lines(of message: Outgoing, channel: String) -> [String] {
    var lines: [String] = []
    if let picture = message.picture { lines.append("[picture: \(picture.alt)]") }
    if !message.text.isEmpty { lines += Self.wrapped(message.text) }
    if !ChannelStyle.isPlainText(channel), !message.choices.isEmpty {
      lines += Self.buttons(message.choices, channel: channel)
    }
    return lines.map { coloured("  │ ", "2") + coloured($0, "36") }
      + [coloured("  ╰ \(cost(of: message, channel: channel))", "2")]
  }

  /// How many parts the message is charged for: none but on SMS.
  func parts(of message: Outgoing, channel: String) -> Int {
    channel == "sms" ? Segments(of: message.text).parts : 0
  }

  /// The parts and pence of all messages so far, as the end of a sentence.
  func total(parts: Int) -> String {
    guard parts > 0 else { return "" }
    let price = pencePerPart.map { ", \(Self.pence($0 * Double(parts)))" } ?? ""
    return ", \(parts) parts\(price)"
  }

  private func cost(of message: Outgoing, channel: String) -> String {
    guard channel == "sms" else { return channel }
    let segments = Segments(of: message.text)
    let limit =
      segments.encoding == .gsm7
      ? max(160, segments.parts > 1 ? 153 * segments.parts : 0)
      : max(70, segments.parts > 1 ? 67 * segments.parts : 0)
    let costly = Segments.costly(in: message.text).map { "\u{201C}\($0)\u{201D}" }
    let because = costly.isEmpty ? "" : " because of \(costly.prefix(5).joined(separator: " "))"
    let price = pencePerPart.map { ", \(Self.pence($0 * Double(segments.parts)))" } ?? ""
    return "\(segments.parts) \(segments.parts == 1 ? "part" : "parts"), "
      + "\(segments.units) of \(limit)\(because)\(price)"
  }

  /// Up to three buttons below the words, or a list that opens, as WhatsApp has them; a keyboard on
  /// the others.
  private static func buttons(
    _ choices: [OutboundMessage.Choice], channel: String
  ) -> [String] {
    guard channel == "whatsapp", choices.count > 3 else {
      return wrapped(choices.map { "[ \($0.label) ]" }.joined(separator: " "))
    }
    return ["[ ≡ list ]"] + choices.map { "  ○ \($0.label)" }
  }

  /// The words in lines as a phone breaks them: between words, and at its own line breaks.
  static func wrapped(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      var lines: [String] = []
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.count + 1 + word.count > width {
          lines.append(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + word
      }
      return lines + [line]
    }
  }

  /// An amount such as `2.4p`, to a hundredth of a penny.
  static func pence(_ amount: Double) -> String {
    let hundredths = Int(((amount > 0 ? min(amount, 1e9) : 0) * 100).rounded())
    let rest = hundredths % 100
    let decimals =
      rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return "\(hundredths / 100)\(decimals)p"
  }

  private func coloured(_ text: String, _ code: String) -> String {
    isColoured ? "\u{1B}[\(code)m\(Self.harmless(text))\u{1B}[0m" : Self.harmless(text)
  }

  /// The text without control characters, which a terminal would obey.
  private static func harmless(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.value >= 32 && !(0x7F...0x9F).contains($0.value) }))
  }
}
