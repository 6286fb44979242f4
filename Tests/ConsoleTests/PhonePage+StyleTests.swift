import Foundation
import HTTP
import Testing

@testable import Console

@Suite struct PhonePageStyleTests {
  @Test(arguments: ["light", "dark"])
  func `what is written stands out from what it is written on, as WCAG AA asks`(theme: String) {
    let colours = self.colours(of: theme)
    let pairs = [
      ("ink", "table", 4.5), ("quiet", "table", 4.5), ("ink", "screen", 4.5),
      ("quiet", "screen", 4.5), ("ink", "theirs", 4.5), ("on-accent", "accent", 4.5),
      ("on-mine", "mine", 4.5),
      ("accent", "screen", 4.5), ("warning", "screen", 4.5), ("accent", "table", 3),
      ("line", "screen", 3), ("line", "table", 3),
    ]
    for (front, back, least) in pairs {
      guard let front = colours[front], let back = colours[back] else {
        Issue.record("no colour named \(front) or \(back)")
        continue
      }
      #expect(contrast(front, back) >= least, "\(front) on \(back)")
    }
  }

  @Test func `the style sheet needs nothing from elsewhere and is served as one`() {
    #expect(!PhonePage.styles.contains("url("))
    #expect(!PhonePage.styles.contains("@import"))
    #expect(
      PhonePage.styles.filter { $0 == "{" }.count == PhonePage.styles.filter { $0 == "}" }.count)
    #expect(PhonePage.stylesheet.headers["Content-Type"] == "text/css; charset=utf-8")
    #expect(PhonePage.stylesheet.headers["X-Content-Type-Options"] == "nosniff")
    #expect(PhonePage.stylesheet.body == Array(PhonePage.styles.utf8))
  }

  @Test func `motion is only for those who did not ask for less of it`() throws {
    let parts = PhonePage.styles.split(separator: "(prefers-reduced-motion: no-preference)")
    let before = try #require(parts.first)
    #expect(parts.count == 2)
    #expect(!before.contains("animation"))
    #expect(!PhonePage.styles.contains("transition"))
  }

  /// The custom properties that are colours; those of the dark theme are the second of each name.
  private func colours(of theme: String) -> [String: UInt32] {
    let lines = PhonePage.styles.split(separator: "\n").filter { $0.contains("--") }
    let found = lines.compactMap { line -> (String, UInt32)? in
      let words = line.split { " -:;#".contains($0) }
      guard line.contains(": #"), let last = words.last, let value = UInt32(last, radix: 16) else {
        return nil
      }
      return (words.dropLast().joined(separator: "-"), value)
    }
    return Dictionary(found) { first, second in theme == "dark" ? second : first }
  }

  /// The contrast ratio of WCAG 2.2, 1 to 21.
  private func contrast(_ one: UInt32, _ other: UInt32) -> Double {
    let (dark, light) = (
      min(luminance(one), luminance(other)), max(luminance(one), luminance(other))
    )
    return (light + 0.05) / (dark + 0.05)
  }

  private func luminance(_ colour: UInt32) -> Double {
    let parts = [16, 8, 0].map { (shift: UInt32) -> Double in
      let value = Double(colour >> shift & 0xFF) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
