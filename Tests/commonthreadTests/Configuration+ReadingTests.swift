import Channels
import Testing

@testable import commonthread

@Suite struct ConfigurationReadingTests {
  @Test(arguments: [
    "1", "[]", "null", "'text'", "", "{", "0x0x1", "{a:\u{1}}", "{landlord:1}", "{other:1}",
  ])
  func `a file that is no configuration is refused with a place and a reason`(text: String) {
    let error = #expect(throws: SettingsError.self) {
      try Configuration(parsing: Array(text.utf8), lookup: .none)
    }
    #expect(error?.path.isEmpty == false)
    #expect(error?.reason.isEmpty == false)
  }
}
