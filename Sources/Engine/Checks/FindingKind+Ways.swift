extension FindingKind {
  /// About statements and actions.
  static let statements: [FindingKind] = [
    FindingKind(
      "E301", "unknown step",
      "There is no such step",
      "A line leads to a step that the file does not have. The nearest name is offered."),
    FindingKind(
      "E302", "when nowhere",
      "A “when” leads nowhere",
      "Each `when` ends with `-> step`."),
    FindingKind(
      "E303", "no otherwise",
      "A “when” has no “otherwise”",
      "When none of the conditions holds, something has to happen: `otherwise -> step`."),
    FindingKind(
      "E304", "lone otherwise",
      "An “otherwise” has no “when”",
      "Only `when` lines can stand before it. To always go on, write `-> step`."),
    FindingKind(
      "E305", "bad set",
      "A “set” cannot be read",
      "Write `set name to word`, or `set count to count + 1`."),
    FindingKind(
      "E306", "name taken",
      "A name already means something else",
      "Questions, values that are set and what staff fill in share one set of names "
        + "with the values that are there anyway, such as `first name`."),
    FindingKind(
      "E307", "bad team",
      "No team is named",
      "`owner:` and `hand over to` name a team in a few words."),
    FindingKind(
      "E308", "bad action",
      "An action cannot be read",
      "Each action has a fixed form, which the finding shows."),
    FindingKind(
      "E309", "unknown outcome",
      "An action has no such outcome",
      "The outcomes of an action are a closed list. The nearest one is offered."),
    FindingKind(
      "E310", "missing outcome",
      "An outcome is not handled",
      "Vouchers run out and calls are booked up. Every outcome of an action leads "
        + "somewhere."),
    FindingKind(
      "E311", "empty step",
      "A step is empty",
      "Nothing stands under the step. Indent what belongs to it, or write `end`."),
    FindingKind(
      "E313", "bad wait",
      "A “wait” cannot be read",
      "Write `wait 2 days`, `wait until 9am` or `wait until 1 day before {day} at "
        + "10am`."),
    FindingKind(
      "E314", "action to come",
      "An action cannot be done yet",
      "The gateway reads this action and plays it in examples, but cannot do it yet. "
        + "The conversation is not published."),
  ]

  /// About ways through a conversation, and values on them.
  static let ways: [FindingKind] = [
    FindingKind(
      "E401", "loose end",
      "A step neither goes on nor ends",
      "Each way through a step ends with `-> step`, `end`, a hand-over or a question "
        + "that leads on."),
    FindingKind(
      "E402", "unreachable step",
      "Nothing leads to a step",
      "No way leads there, or none that the answers and conditions on it let happen. "
        + "Residents would never see it, and reviewers would think they do."),
    FindingKind(
      "E403", "endless loop",
      "A loop asks nothing",
      "It would go round until the gateway stops it. Every loop passes an `ask` or a "
        + "`wait`."),
    FindingKind(
      "E404", "dead line",
      "Nothing leads to a line",
      "The line above always goes elsewhere."),
    FindingKind(
      "E405", "no way out of silence",
      "A question has no way out when nobody answers",
      "Most questions are never answered. `no answer after 3 days -> step` says what "
        + "happens then."),
    FindingKind(
      "E406", "no way out of misunderstanding",
      "A question has no way out when replies are not understood",
      "After two tries a person should help: `not understood 2 times -> step`."),
    FindingKind(
      "E407", "unknown value",
      "A value may not be known here",
      "On some way to this line nothing gave the value. Say what stands there then, "
        + "`{first name or \"there\"}`, or branch with `when … is known`."),
    FindingKind(
      "E408", "unknown answer",
      "A condition names an answer that the question does not have",
      "It would never hold. The nearest answer is offered."),
    FindingKind(
      "E409", "value from nowhere",
      "Nothing gives a value",
      "The name is neither a question nor set nor one of the values that the gateway "
        + "knows."),
    FindingKind(
      "E410", "silent hand-over",
      "An anonymous conversation hands over without saying so",
      "Whoever takes over sees the phone number. People are told before that happens, "
        + "in a `say:` above it."),
    FindingKind(
      "E411", "forgotten too early",
      "The session is forgotten before its question",
      "`forget after:` is later than every `no answer after`, so that a late reply "
        + "still counts."),
    FindingKind(
      "E412", "late reminder",
      "A reminder comes too late",
      "It would come when the question has already been given up."),
    FindingKind(
      "E413", "endless asking",
      "A question is asked again for as long as nobody answers",
      "Its silence leads back to it. Let it lead to an end, and use `remind` to ask "
        + "once more."),
    FindingKind(
      "E414", "too many states",
      "Too many states can be reached",
      "More than 100,000 combinations of statement and values: nobody could say what "
        + "the conversation does. Let fewer values decide what is said later."),
  ]
}
