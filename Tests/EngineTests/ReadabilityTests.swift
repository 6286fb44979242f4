import Testing

@testable import Engine

@Suite struct ReadabilityTests {
  @Test(arguments: [
    ("door", 1), ("fire", 1), ("table", 2), ("people", 2), ("voted", 2), ("asked", 1),
    ("changes", 2), ("notes", 1), ("compartmentation", 5), ("999", 1), ("cladding", 2),
    ("regulator", 2), ("the", 1), ("tsk", 1),
  ])
  func `syllables are counted by ear`(word: String, count: Int) {
    #expect(Readability.syllables(in: word) == count)
  }

  @Test func `sentences end at signs and at line breaks`() {
    let text = Readability("Is it 9.30am? Yes (we think so). Call\n01632 960 123")
    #expect(text.sentences.map(\.count) == [3, 4, 1, 3])
    #expect(text.wordCount == 11)
  }

  @Test func `the age is the grade of Flesch and Kincaid and five years`() {
    // 0.39 × 5 ÷ 1 + 11.8 × 5 ÷ 5 − 15.59 + 5
    #expect(abs(Readability("Shut the door at night.").age - 3.16) < 0.001)
    #expect(Readability("").age == 0)
  }

  @Test(arguments: [
    (
      "Fire doors hold back fire and smoke. Keep them shut. Do not wedge them or touch the closer, "
        + "the arm that shuts the door. Tell us at once if one is broken.", 4.0...9.0
    ),
    (
      "The remediation of compartmentation deficiencies necessitates temporary relocation of "
        + "occupiers, pending satisfactory completion of contractual obligations.", 20.0...60.0
    ),
  ])
  func `plain texts come out young, and others do not`(
    text: String, ages: ClosedRange<Double>
  ) {
    #expect(ages.contains(Readability(text).age), "\(Readability(text).age)")
  }
}
