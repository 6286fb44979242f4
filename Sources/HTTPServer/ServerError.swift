/// Why the server could not start.
public enum ServerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The address is not of the form `127.0.0.1:8080` or `[::1]:8080`.
  case badAddress(String)
  /// The address can be reached from other machines, and that was not allowed.
  case publicAddress(String)
  /// The address could not be listened on; the number is the `errno`.
  case cannotListen(String, errno: Int32)
  /// The descriptor given is no listening stream socket of a family that is served.
  case notListening(descriptor: Int32)
  /// libmicrohttpd did not start, which it does not explain: threads or memory are short.
  case libraryFailed

  /// A name for the error that does not change.
  public var code: String {
    switch self {
    case .badAddress: "bad-address"
    case .publicAddress: "public-address"
    case .cannotListen: "cannot-listen"
    case .notListening: "not-listening"
    case .libraryFailed: "library-failed"
    }
  }

  /// What happened and what to do, in a sentence.
  public var description: String {
    switch self {
    case .badAddress(let address):
      "\"\(address)\" is no address to listen on; write 127.0.0.1:8080 or [::1]:8080."
    case .publicAddress(let address):
      "\(address) can be reached from other machines, without encryption; listen on 127.0.0.1"
        + " behind a proxy, or set allowPublicListen."
    case .cannotListen(let address, let errno):
      "Couldn't listen on \(address): \(systemMessage(errno))."
    case .notListening(let descriptor):
      "Descriptor \(descriptor) is not a listening socket; check the socket unit."
    case .libraryFailed:
      "Couldn't start the HTTP server; check the limits on threads and memory."
    }
  }
}
