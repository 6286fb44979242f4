import Glibc
import HTTPServer
import Testing

@Suite struct ServerErrorTests {
  @Test(
    arguments: [
      (.badAddress("x"), "bad-address", "write 127.0.0.1:8080 or [::1]:8080."),
      (.publicAddress("0.0.0.0:80"), "public-address", "or set allowPublicListen."),
      (.cannotListen("[::1]:80", errno: EACCES), "cannot-listen", "Permission denied."),
      (.notListening(descriptor: 3), "not-listening", "check the socket unit."),
      (.libraryFailed, "library-failed", "check the limits on threads and memory."),
    ] as [(ServerError, String, String)])
  func `each error has its lasting name and says what to do`(
    error: ServerError, code: String, end: String
  ) {
    #expect(error.code == code)
    #expect(error.description.hasSuffix(end))
  }

  @Test func `each fault of an answer is told in its own words`() {
    let sentences = AnswerFault.allCases.map(\.sentence)
    #expect(Set(sentences).count == AnswerFault.allCases.count)
    #expect(sentences.allSatisfy { $0.hasSuffix(".") })
  }
}
