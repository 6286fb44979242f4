import Testing

@testable import Engine

/// Values by name, a choice said as it is stored.
private struct Known: Values {
  let values: [String: String]

  func value(named name: String) -> String? { values[name] }
  func spoken(named name: String) -> String? { values[name] }
}

@Suite struct ConditionTests {
  @Test(arguments: [
    ("door is no", true), ("door is NO", true), ("door is yes", false), ("door is not yes", true),
    ("door is one of yes, no", true), ("door is not one of yes, no", false),
    ("block is \"Ash House\"", true), ("block is known", true), ("floor is known", false),
    ("floor is not known", true), ("floor is 3", false), ("floor is not 3", false),
    ("storeys is at least 6", true), ("storeys is at least 7", false),
    ("storeys is at most 6", true), ("floor is at most 6", false), ("block is at least 1", false),
    ("door is no and block is \"Ash House\"", true), ("door is no and block is \"Elm\"", false),
    ("door is yes or storeys is 6", true), ("door is yes or storeys is 5", false),
    ("tenure is \"this and that or those\"", true),
    ("building height is high-rise", true), ("building height is not high-rise", false),
  ])
  func `a condition holds or not`(text: String, holds: Bool) throws {
    let known = Known(values: [
      "door": "no", "block": "Ash House", "storeys": "6", "tenure": "this and that or those",
      "building height": "18.5",
    ])
    let condition = try Condition.read(text).get()
    #expect(condition.holds(in: known) == holds)
  }

  @Test(arguments: ["7", "12"])
  func `seven storeys are a high-rise, whatever the height`(storeys: String) throws {
    let condition = try Condition.read("building height is high-rise").get()
    #expect(
      condition.holds(in: Known(values: ["building height": "15", "storeys": storeys])))
    #expect(!condition.holds(in: Known(values: ["storeys": storeys])))
  }

  @Test(arguments: [
    "", "door", "door is", "is no", "door is no is yes", "door is Ash House", "door is at least x",
    "door equals no", "door is one of", "door is one of a,,b",
  ])
  func `what is no condition is refused`(text: String) {
    #expect(throws: ConditionError.unreadable(text)) { try Condition.read(text).get() }
  }

  @Test func `and is not mixed with or`() {
    #expect(throws: ConditionError.mixed) {
      try Condition.read("a is b and c is d or e is f").get()
    }
  }

  @Test func `what a condition tells is known where it holds`() throws {
    #expect(try Condition.read("a is b and c is known").get().knownWhenTrue == ["a", "c"])
    #expect(try Condition.read("a is b or c is known").get().knownWhenTrue == [])
    #expect(try Condition.read("a is not known").get().knownWhenTrue == [])
  }
}
