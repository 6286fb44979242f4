import HTTPServer
import Testing

/// The rules of `sd_listen_fds(3)`.
@Suite struct InheritedSocketTests {
  @Test(arguments: ["1", "2", "1024"])
  func `the first socket handed over is taken`(count: String) {
    let environment = ["LISTEN_PID": "71", "LISTEN_FDS": count, "LISTEN_FDNAMES": "a:b"]
    #expect(inheritedSocket(environment: environment, processID: 71) == 3)
  }

  @Test(arguments: ["", "0", "-1", "x", "1x", "1025", "2147483647", "99999999999"])
  func `a count that makes no sense is no socket`(count: String) {
    let environment = ["LISTEN_PID": "71", "LISTEN_FDS": count]
    #expect(inheritedSocket(environment: environment, processID: 71) == nil)
  }

  @Test(arguments: ["", "72", "x", "71x", "99999999999"])
  func `a socket for another process is not ours`(owner: String) {
    let environment = ["LISTEN_PID": owner, "LISTEN_FDS": "1"]
    #expect(inheritedSocket(environment: environment, processID: 71) == nil)
  }

  @Test func `without both variables there is no socket`() {
    #expect(inheritedSocket(environment: [:], processID: 71) == nil)
    #expect(inheritedSocket(environment: ["LISTEN_FDS": "1"], processID: 71) == nil)
    #expect(inheritedSocket(environment: ["LISTEN_PID": "71"], processID: 71) == nil)
  }
}
