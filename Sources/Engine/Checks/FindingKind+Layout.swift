extension FindingKind {
  /// About the files that all conversations share.
  static let shared: [FindingKind] = [
    FindingKind(
      "E001", "missing file",
      "A shared file is missing",
      "`common-words.txt` and `engine.txt` stand beside the conversations and hold the "
        + "words that all of them share. Without them no reply can be understood, so "
        + "nothing is published. Put the file back."),
    FindingKind(
      "E002", "shared words",
      "A shared file cannot be used",
      "A line of `common-words.txt` or `engine.txt` cannot be read, or something that "
        + "the gateway must be able to say is missing there. The finding says which."),
  ]

  /// About the layout of a file and its settings.
  static let layout: [FindingKind] = [
    FindingKind(
      "E101", "too large",
      "The file is too large",
      "A conversation has at most 5,000 lines and 256 KiB. Nobody can review more. "
        + "Split it, and let one part `run` the other."),
    FindingKind(
      "E102", "unknown line",
      "A line at the left edge is no setting, step or example",
      "Only settings, `step` and `example` begin at the left edge, so that no line is "
        + "ever sent by accident. Often the line only needs its indent back, or a setting "
        + "is misspelt."),
    FindingKind(
      "E103", "unknown statement",
      "A line in a step is no statement",
      "Inside a step every line begins with a statement such as `say:` or `ask`, or "
        + "with an action. The nearest one is offered."),
    FindingKind(
      "E105", "uneven indent",
      "A line is indented like nothing above it",
      "The statements of a step share one indent. A line between two indents could "
        + "belong to either, so it is refused."),
    FindingKind(
      "E106", "nothing under it",
      "A line is indented under one that takes nothing",
      "What is deeper belongs to the line above, and this line above takes nothing. "
        + "Move it to the left, or under what it belongs to."),
    FindingKind(
      "E107", "stray line under ask",
      "A line under a question is none of its parts",
      "Under `ask` the wording comes first, then choices, `not understood`, `remind` "
        + "and `no answer`. Wording that comes later, and a translation that is not "
        + "indented under its line, end here."),
    FindingKind(
      "E108", "no title",
      "The file does not begin with its title",
      "The first line is `conversation:` with the title that staff see."),
    FindingKind(
      "E109", "setting twice",
      "A setting is there twice",
      "Only one of two lines could hold, and it would be a guess which. Keep one."),
    FindingKind(
      "E110", "empty setting",
      "A setting says nothing",
      "A setting without a value might as well be missing. Write it, or leave the line "
        + "out."),
    FindingKind(
      "E111", "unknown format",
      "The format is not known",
      "This version of the gateway reads `format: 1`."),
    FindingKind(
      "E112", "unknown word",
      "A setting has a value that is not known",
      "`class:`, `answers:` and `start from:` take a few words only, and this is none "
        + "of them."),
    FindingKind(
      "E113", "bad language",
      "A language cannot be read",
      "`languages:` holds codes such as `en` or `cy`, each once, at most 12 of them. "
        + "The first is the language that the file is written in."),
    FindingKind(
      "E114", "bad keyword line",
      "A line of keywords cannot be read",
      "Under `start when they text:` a line is a translation (`cy: DRWS`) or sends "
        + "keywords to a step (`DOORS -> doors`)."),
    FindingKind(
      "E115", "long keyword",
      "A keyword is too long",
      "Nobody types more than three words right. A keyword has at most 40 characters."),
    FindingKind(
      "E116", "bad step name",
      "A step's name is taken or cannot be one",
      "Steps are found by their names, so each has its own, of letters, digits, spaces "
        + "and hyphens."),
    FindingKind(
      "E117", "missing setting",
      "Something that every conversation needs is missing",
      "Every conversation says who owns it, who may start it, how private its answers "
        + "are and when silence ends it, and has a step."),
    FindingKind(
      "E118", "keyword without residents",
      "Residents have keywords but may not start it",
      "Keywords are for residents. Either let `start from:` name them, or leave the "
        + "keywords out."),
    FindingKind(
      "E119", "anonymous start",
      "Something else than a poll starts an anonymous conversation",
      "Anonymous holds until something closes and the link to the person is destroyed. "
        + "Only a poll closes."),
    FindingKind(
      "E120", "no words for others",
      "“only for” says nothing to everyone else",
      "Who texts a keyword gets an answer, also where the conversation is not for them: "
        + "`otherwise:` with the words stands under `only for:`."),
    FindingKind(
      "E121", "bad fill-in",
      "What staff fill in cannot be read",
      "`staff fill in:` holds names with a type in brackets, such as `place (words up "
        + "to 30), day (date)`."),
    FindingKind(
      "E122", "fill-in without staff",
      "Others than staff start what staff fill in",
      "A resident or a poll cannot fill in what staff fill in when they start a "
        + "conversation."),
    FindingKind(
      "E123", "bad lint allow",
      "A “lint allow” names no warning or gives no reason",
      "`lint allow: W705 (the sentence is the regulator's)` silences one warning in one "
        + "file, for a reason that a reviewer can read. Errors cannot be silenced."),
  ]
}
