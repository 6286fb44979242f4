extension FindingKind {
  /// About wording and questions.
  static let wording: [FindingKind] = [
    FindingKind(
      "E201", "no words",
      "There are no words",
      "Wording, a translation or the words for a picture are empty."),
    FindingKind(
      "E202", "open brace",
      "A brace is not closed",
      "A value in wording is written `{name}`."),
    FindingKind(
      "E203", "bad value",
      "What stands in braces is no value",
      "Write `{name}`, or `{name or \"words\"}` with what is said when it is not known."),
    FindingKind(
      "E205", "missing translation",
      "A translation is missing",
      "Every wording is there in every language of `languages:`, so that nobody is "
        + "answered in a language that they did not choose. Add the line, or do not declare "
        + "the language yet."),
    FindingKind(
      "E206", "undeclared language",
      "A translation has a language that the file does not declare",
      "It would never be said. Add it to `languages:`, or leave the line out."),
    FindingKind(
      "E207", "words after translation",
      "Words stand after a translation",
      "It is not clear in which language they are. Wording comes first, then its "
        + "translations, each with all its lines."),
    FindingKind(
      "E208", "wording twice",
      "A wording is given twice",
      "There are two translations into one language, or two wordings for one channel."),
    FindingKind(
      "E209", "bad picture",
      "A picture's file cannot be one",
      "A picture is a PNG or JPEG file, by its name without a folder."),
    FindingKind(
      "E210", "mixed condition",
      "“and” and “or” stand in one condition",
      "People read such a line in two ways. Write two lines."),
    FindingKind(
      "E211", "bad condition",
      "A condition cannot be read",
      "A condition is a name, a comparison such as `is` or `is at least`, and a word. "
        + "Several words stand in quotation marks."),
    FindingKind(
      "E212", "bad duration",
      "A length of time cannot be read",
      "Write a number and minutes, hours, days or weeks."),
    FindingKind(
      "E213", "no colon",
      "A colon is missing after a question's name",
      "`ask door:` names the question, and its wording follows."),
    FindingKind(
      "E214", "bad question name",
      "A question's name cannot be one",
      "Names are letters, digits, spaces and hyphens."),
    FindingKind(
      "E215", "bad choice",
      "A choice has no id or no label",
      "A choice is `- id: What people read -> step`. The id comes first, so that "
        + "wording can change without touching results."),
    FindingKind(
      "E216", "choice twice",
      "A choice is there twice",
      "Two choices with one id would be one in the results."),
    FindingKind(
      "E217", "reserved word",
      "A reserved word is an answer or a keyword",
      "STOP, END, CANCEL, QUIT and their kin opt people out on some networks before the "
        + "gateway sees them. HELP, PERSON and other words of the gateway, and danger "
        + "words, cannot be keywords either."),
    FindingKind(
      "E218", "bad way out",
      "A way out of misunderstanding cannot be read",
      "Write `not understood: words`, or `not understood 2 times -> step`."),
    FindingKind(
      "E219", "bad reminder",
      "A reminder cannot be read, or there are two",
      "One reminder a question is what people put up with: `remind after 1 day: words`."),
    FindingKind(
      "E220", "bad silence",
      "A way out of silence cannot be read",
      "Write one line `no answer after 3 days -> step`."),
    FindingKind(
      "E221", "no choices",
      "A question has nothing to choose from",
      "A question has choices under it or a type of answer in brackets."),
    FindingKind(
      "E222", "choices and type",
      "A question has a type and choices as well",
      "A typed answer is read by its type, and a list has choices of its own. Leave one "
        + "of them out."),
    FindingKind(
      "E223", "unknown type",
      "A type of answer is not known",
      "The brackets hold a type such as `(number 1 to 20)`, or the name of a list of "
        + "choices."),
    FindingKind(
      "E224", "tie",
      "A word could mean two choices",
      "A reply that may mean two things is not understood. Leave the word out of one "
        + "choice."),
    FindingKind(
      "E226", "many conditions",
      "Too many choices have a condition",
      "With more than four it cannot be seen any more what a person is offered."),
    FindingKind(
      "E227", "no sure choice",
      "There may be no choice at all",
      "Every choice has a condition, so a person may be offered none."),
    FindingKind(
      "E228", "stray line in poll",
      "A line under “ask each” is none of its parts",
      "A poll brings its own words and choices. The script adds only `first:`, retries, "
        + "a reminder and ways out."),
    FindingKind(
      "E229", "no poll",
      "Nothing is said when no poll is open",
      "Someone may text the keyword when no poll is open: `no poll open -> step`."),
    FindingKind(
      "E231", "bad number",
      "The bounds of a number cannot be read",
      "Write `(number 1 to 20)`, the smaller number first."),
    FindingKind(
      "E232", "bad count",
      "How many choices are taken cannot be read",
      "Write `(choices, up to 3)` with a number from 2 to the number of choices."),
    FindingKind(
      "E233", "bad date",
      "A kind of date cannot be read",
      "Write `(date)`, `(date to come)` or `(date gone by)`, or another form that the "
        + "finding names."),
    FindingKind(
      "E234", "bad time",
      "The hours of a time cannot be read",
      "Write `(time)`, or `(time 8am to 6pm)`."),
    FindingKind(
      "E235", "bad length",
      "A length of words cannot be read",
      "Write `(words up to 300)`, in characters, from 1 to 1600."),
    FindingKind(
      "E236", "bad code",
      "A pattern of a code cannot be read",
      "Write `(code like AA-9999)`: A for a letter, 9 for a digit."),
    FindingKind(
      "E237", "jumping choice",
      "A choice jumps that may not",
      "Choices of a list, and choices of which several can be taken, lead nowhere of "
        + "their own. Follow the question with `when`."),
    FindingKind(
      "E238", "bad list name",
      "A list of choices has a name that it cannot have",
      "`choices satisfaction:` needs a name of its own that is not a type of answer."),
    FindingKind(
      "E239", "short list",
      "A list of choices has fewer than two",
      "A list holds lines `- id: Label`, at least two."),
  ]
}
