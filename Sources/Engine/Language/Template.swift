import Messaging

/// Wording of one language for one kind of channel, cut into pieces when the file was read.
struct Template: Equatable, Sendable {
  /// The lines, joined by spaces or line breaks when they are said.
  let segments: [Segment]

  /// One line of wording.
  struct Segment: Equatable, Sendable {
    /// When the line is said; nil for always.
    let condition: Condition?
    /// Whether a line break stands before it rather than a space.
    let startsLine: Bool
    /// What it says.
    let pieces: [Piece]
    /// The file of the picture that it describes; nil for words of their own.
    var picture: String?
  }

  /// A piece of a line.
  enum Piece: Equatable, Sendable {
    /// Words as they are.
    case text(String)
    /// A value, or the fall-back where it is not known; nil for a value that is always known here.
    case value(String, fallback: String?)
  }

  /// Appends the wording with its values to `text`; choices by their labels, or by their ids for
  /// staff and actions.
  ///
  /// What describes a picture is left out where the picture itself is shown.
  func render(
    into text: inout String, values: some Values, labels: Bool = true, showsPictures: Bool = false
  ) {
    var isFirst = true
    for segment in segments {
      if let condition = segment.condition, !condition.holds(in: values) { continue }
      if showsPictures, segment.picture != nil { continue }
      if !isFirst { text += segment.startsLine ? "\n" : " " }
      isFirst = false
      for piece in segment.pieces {
        switch piece {
        case .text(let words): text += words
        case .value(let name, let fallback):
          let value = labels ? values.spoken(named: name) : values.value(named: name)
          text += value ?? fallback ?? ""
        }
      }
    }
  }

  /// The pictures in it, each with the words that describe it.
  func pictures(values: some Values) -> [OutboundMessage.Picture] {
    segments.compactMap { segment in
      guard let file = segment.picture else { return nil }
      var alt = ""
      let words = Segment(condition: nil, startsLine: false, pieces: segment.pieces)
      Template(segments: [words]).render(into: &alt, values: values)
      return OutboundMessage.Picture(url: file, alt: alt)
    }
  }

  /// The words as written, values as `{name}`, for messages to authors and for matching.
  var plain: String {
    var text = ""
    for (index, segment) in segments.enumerated() {
      if index > 0 { text += segment.startsLine ? "\n" : " " }
      for piece in segment.pieces {
        switch piece {
        case .text(let words): text += words
        case .value(let name, _): text += "{" + name + "}"
        }
      }
    }
    return text
  }

  /// Whether nothing in it changes from person to person.
  var isConstant: Bool {
    segments.allSatisfy { segment in
      segment.condition == nil
        && segment.pieces.allSatisfy { piece in
          if case .text = piece { true } else { false }
        }
    }
  }
}

/// What a script says at one place: in each language, and for channels that have their own wording.
struct Wording: Equatable, Sendable {
  /// Where it begins, for findings.
  let line: Int
  /// The variants; those for a channel first, and within them the source language last.
  var variants: [Variant]

  /// The wording of one language, for all channels or one kind.
  struct Variant: Equatable, Sendable {
    /// The kind of channel; nil for all.
    let channel: String?
    /// The place of the language among the file's languages; 0 is the source.
    let language: Int
    /// Where it stands.
    let line: Int
    /// What it says.
    let template: Template
  }

  /// The wording for a language and channel: the language comes before the channel's own wording.
  func template(language: Int, channel: String) -> Template? {
    variant(language: language, channel: channel)?.template
  }

  /// The variant of that wording, with where it stands.
  func variant(language: Int, channel: String) -> Variant? {
    var best: Variant?
    var bestRank = -1
    for variant in variants {
      guard variant.channel == nil || variant.channel == channel,
        variant.language == language || variant.language == 0
      else { continue }
      let rank = (variant.language == language ? 2 : 0) + (variant.channel == nil ? 0 : 1)
      if rank > bestRank { (bestRank, best) = (rank, variant) }
    }
    return best
  }

  /// The variant of the source language for all channels.
  var source: Template? { variants.first { $0.language == 0 && $0.channel == nil }?.template }

  /// Appends the wording for a language and channel.
  func render(
    into text: inout String, language: Int, channel: String,
    values: some Values, showsPictures: Bool = false
  ) {
    template(language: language, channel: channel)?.render(
      into: &text, values: values, showsPictures: showsPictures)
  }
}
