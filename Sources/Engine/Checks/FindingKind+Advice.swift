extension FindingKind {
  /// About conversations together.
  static let between: [FindingKind] = [
    FindingKind(
      "E501", "keyword twice",
      "Two conversations claim one keyword",
      "A tie is never settled by a guess at run time. One of them needs another word."),
    FindingKind(
      "E502", "unknown conversation",
      "There is no such conversation",
      "`run` names a file of the folder, without `.txt`."),
    FindingKind(
      "E503", "running in a circle",
      "Two conversations run each other",
      "Neither would ever end."),
    FindingKind(
      "E504", "running too deep",
      "Conversations run one another too deep",
      "Put the steps of one into the one that runs it."),
  ]

  /// About examples.
  static let inExamples: [FindingKind] = [
    FindingKind(
      "E601", "bad example line",
      "A line of an example cannot be read",
      "An example is lines such as `resident:`, `bot:`, `later:` or `answer door is "
        + "no`."),
    FindingKind(
      "E602", "failing example",
      "An example fails",
      "The conversation does not do what its example says. The finding shows what was "
        + "said up to there. One of the two is wrong."),
    FindingKind(
      "E603", "bad poll",
      "The poll of an example cannot be read",
      "Under `poll:` stand its bargain and its questions, as residents would get them."),
  ]

  /// About what is merely unwise.
  static let advice: [FindingKind] = [
    FindingKind(
      "W701", "long message",
      "A message can be over two text messages",
      "All that one turn says on SMS is one message, and the landlord's name stands in "
        + "front. Every part costs, for every resident, and long texts are not read. "
        + "Measured at its longest, in each language."),
    FindingKind(
      "W702", "costly character",
      "A character forces parts of 70 characters",
      "Most accents, emoji and some signs make a text more than twice as dear. In "
        + "translations, letters are left alone, since a word is spelt as it is spelt; they "
        + "count in W701."),
    FindingKind(
      "W703", "many questions",
      "More than three questions in a row",
      "With every question fewer people go on. Ask the rest another day, or say in "
        + "`lint allow` why this is worth it."),
    FindingKind(
      "W704", "reading age",
      "The reading age is over 11",
      "Measured by Flesch and Kincaid for English wording of 20 words or more, with "
        + "words that residents know from their block made easy. Half of all adults read "
        + "like an 11-year-old or below."),
    FindingKind(
      "W705", "long sentence",
      "A sentence has more than 15 words",
      "Short sentences are read by tired people, on small screens, in a second "
        + "language."),
    FindingKind(
      "W706", "jargon",
      "A word of the trade",
      "Words such as “decant” or “void” mean something else to residents. A landlord "
        + "adds words in `jargon.txt`, a line for each: `word: what to say instead`."),
    FindingKind(
      "W707", "waffle",
      "Words that say nothing, or scold",
      "“Going forward”, “please ensure”, “failure to”: people hear the tone, and stop "
        + "reading."),
    FindingKind(
      "W708", "link",
      "A link",
      "Residents are told never to trust a link in a text, and cannot tell yours from a "
        + "fraud. Tell them what to text, or whom to call."),
    FindingKind(
      "W709", "step without example",
      "No example visits a step",
      "What no example visits can break without anyone noticing."),
    FindingKind(
      "W710", "choice without example",
      "No example takes a choice",
      "What no example visits can break without anyone noticing."),
    FindingKind(
      "W711", "outcome without example",
      "No example has an outcome",
      "`pretend: give voucher is none left` makes an example play it."),
    FindingKind(
      "W712", "old translation",
      "A translation is older than its source",
      "The wording changed and this translation did not. It is known where "
        + "`translated.txt` says what it was made from; `commonthread check --translated` "
        + "prints that file."),
  ]
}
