/// How the channels differ in what a turn says.
public enum ChannelStyle {
  /// The kinds of channel that a script may give their own wording.
  public static let kinds = [
    "sms", "whatsapp", "telegram", "messenger", "viber", "slack", "email", "simulator",
  ]

  /// Whether all that a turn says there is one message and choices are numbered in its words.
  public static func isPlainText(_ channel: String) -> Bool {
    limits(channel).isEmpty
  }

  /// Whether the labels fit the channel's buttons or lists; else they are numbered in the words.
  ///
  /// WhatsApp: 3 buttons of 20 characters or a list of 10 rows of 24. Messenger: 13 quick replies
  /// of 20. Telegram and Viber keyboards: 24 rows, and labels short enough to be seen whole.
  /// WhatsApp takes 1,024 characters beside buttons, Messenger 640 beside its templates and 2,000
  /// as text; more words than `words` bytes may hold go with numbers instead.
  static func showsButtons(
    _ channel: String, count: Int, longestLabel: Int, words: Int = 0
  ) -> Bool {
    words <= 1000 && limits(channel).contains { count <= $0.count && longestLabel <= $0.length }
  }

  /// Whether a picture can be sent there.
  public static func showsPictures(_ channel: String) -> Bool {
    switch channel {
    case "whatsapp", "messenger", "telegram", "viber": true
    default: false
    }
  }

  private static func limits(_ channel: String) -> [(count: Int, length: Int)] {
    switch channel {
    case "whatsapp": [(3, 20), (10, 24)]
    case "messenger": [(13, 20)]
    case "telegram", "viber": [(24, 40)]
    default: []
    }
  }
}
