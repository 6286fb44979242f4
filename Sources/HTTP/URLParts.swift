/// The parts of an absolute `http` or `https` URL, each kept exactly as it was written.
///
/// Nothing is decoded, resolved or normalised, so ``text`` gives back the same bytes. The rules are
/// stricter than RFC 3986 on purpose: what two readers could understand differently (user names,
/// backslashes, white space, bytes outside ASCII, fragments) is not a URL here, so that a check of
/// the host holds for the connection that libcurl makes.
public struct URLParts: Equatable, Sendable {
  /// The scheme, `http` or `https` in any case.
  public let scheme: String
  /// The host: a name, an IPv4 address, or an IPv6 address in brackets.
  public let host: String
  /// The port, 1 to 65535; nil when the URL names none.
  public let port: Int?
  /// The path with its leading `/`; empty when there is none.
  public let path: String
  /// The query without its `?`; nil when there is none, empty when nothing follows the `?`.
  public let query: String?
  /// The whole URL.
  public let text: String

  /// Splits a URL; nil when it is not one by the rules above or is longer than 8,192 bytes.
  public init?(_ url: String) {
    let bytes = Array(url.utf8)
    guard bytes.count <= 8_192, bytes.allSatisfy(Self.isAllowed),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[colon...].starts(with: "://".utf8)
    else { return nil }
    let scheme = String(decoding: bytes[..<colon], as: UTF8.self)
    guard ["http", "https"].contains(scheme.lowercased()) else { return nil }

    let rest = bytes[(colon + 3)...]
    let authorityEnd =
      rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? bytes.count
    guard let (host, port) = Self.hostAndPort(bytes[(colon + 3)..<authorityEnd]) else { return nil }
    let tail = bytes[authorityEnd...]
    let mark = tail.firstIndex(of: UInt8(ascii: "?"))

    self.scheme = scheme
    self.host = host
    self.port = port
    path = String(decoding: tail[..<(mark ?? bytes.count)], as: UTF8.self)
    query = mark.map { String(decoding: bytes[($0 + 1)...], as: UTF8.self) }
    text = url
  }

  /// Whether the scheme is `https`.
  public var isSecure: Bool { scheme.lowercased() == "https" }

  /// Whether the host can only be this machine: `localhost`, 127.0.0.0/8 in four plain decimal
  /// numbers, or `[::1]`.
  public var isLoopback: Bool {
    if host.lowercased() == "localhost" || host == "[::1]" { return true }
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy(Self.isPlainOctet)
  }

  /// Whether a request may be sent here: `https` everywhere, `http` only to this machine.
  public var mayBeCalled: Bool { isSecure || isLoopback }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "#") && byte != UInt8(ascii: "\\")
  }

  private static func hostAndPort(_ authority: ArraySlice<UInt8>) -> (String, Int?)? {
    let hostEnd: Int
    if authority.first == UInt8(ascii: "[") {
      guard let bracket = authority.firstIndex(of: UInt8(ascii: "]")),
        authority[..<bracket].dropFirst().contains(UInt8(ascii: ":")),
        authority[..<bracket].dropFirst().allSatisfy(isAddressByte)
      else { return nil }
      hostEnd = bracket + 1
    } else {
      hostEnd = authority.firstIndex(of: UInt8(ascii: ":")) ?? authority.endIndex
      guard hostEnd > authority.startIndex, authority[..<hostEnd].allSatisfy(isNameByte) else {
        return nil
      }
    }
    let host = String(decoding: authority[..<hostEnd], as: UTF8.self)
    guard hostEnd < authority.endIndex else { return (host, nil) }
    let digits = authority[(hostEnd + 1)...]
    guard authority[hostEnd] == UInt8(ascii: ":"), (1...5).contains(digits.count),
      digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
      let port = Int(String(decoding: digits, as: UTF8.self)), (1...65_535).contains(port)
    else { return nil }
    return (host, port)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// A leading zero is refused because some readers take the number as octal.
  private static func isPlainOctet(_ digits: Substring) -> Bool {
    guard (1...3).contains(digits.utf8.count), digits == "0" || digits.utf8.first != 0x30,
      let number = Int(digits)
    else { return false }
    return (0...255).contains(number)
  }
}
