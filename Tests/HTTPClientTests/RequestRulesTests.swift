import HTTP
import Testing

@testable import HTTPClient

@Suite struct RequestRulesTests {
  @Test(arguments: [
    "http://192.0.2.1/", "http://provider.example/", "http://127.0.0.1.example/",
    "http://0127.0.0.1/", "http://127.1/", "http://someone@127.0.0.1/", "ftp://127.0.0.1/",
    "file:///etc/passwd", "127.0.0.1", "", "https://", "https://host/a b", "https://h/\r\nX: y",
  ])
  func `a URL that is neither https nor on this machine is refused`(url: String) throws {
    let client = try WebClient()
    defer { client.stop() }
    let result = failure(client.perform(post(url)))
    #expect(result?.kind == .neverSent)
    #expect(result?.code == 0)
    #expect(result?.text.hasPrefix("The URL is ") == true)
  }

  @Test(arguments: [
    ("X-Name", "Ann\r\nX-Admin: yes"), ("X-Name", "Ann\nBob"), ("X-Name", "Ann\u{0}"),
    ("X Name", "Ann"), ("X-Name:", "Ann"), ("", "Ann"), ("Naïve", "Ann"), ("X\r\nY", "Ann"),
    ("Content-Length", "5"), ("transfer-encoding", "chunked"), ("EXPECT", "100-continue"),
  ])
  func `a header that could change the request's shape is refused`(
    name: String, value: String
  ) throws {
    try withProvider(script: answering(accepted)) { provider, client in
      var request = post(provider.url())
      request.headers.append(HTTPHeader(name, value))
      let result = failure(client.perform(request))
      #expect(result?.kind == .neverSent)
      #expect(result?.text.contains("Ann") == false)
      #expect(provider.connectionCount == 0)
    }
  }

  @Test(arguments: ["", "GET /x HTTP/1.1\r\n", "PO ST"])
  func `a method that is not a word is refused`(method: String) {
    let request = HTTPRequest(method: method, url: "https://provider.example/")
    #expect(RequestRules.refusal(of: request) == "The method is not a word.")
  }

  @Test func `a GET with a body is refused`() {
    let request = HTTPRequest(method: "GET", url: "https://provider.example/", body: [1])
    #expect(RequestRules.refusal(of: request) == "A GET request carries no body.")
  }
}
