import Crypto
import Testing

@Suite struct SecretTests {
  @Test func `a secret never prints its bytes`() {
    let secret = Secret("hunter2")
    struct Holder {
      let token: Secret
    }
    var dumped = ""
    dump(Holder(token: secret), to: &dumped)
    for shown in ["\(secret)", String(reflecting: secret), "\(Holder(token: secret))", dumped] {
      #expect(!shown.contains("hunter2"))
      #expect(!shown.contains("104"))
    }
    #expect("\(secret)" == "(secret)")
    #expect(secret.bytes == Array("hunter2".utf8))
  }
}
