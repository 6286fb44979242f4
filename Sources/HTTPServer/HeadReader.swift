internal import CMicroHTTPD
import Glibc

/// Copies a request's head out of libmicrohttpd's buffer and checks how it lay there.
///
/// libmicrohttpd 0.9 ends every part of the head with NUL where it stands and then measures it with
/// `strlen`, so that a NUL that was received cuts a value short without a trace; it also takes bare
/// line feeds, and joins folded lines (to the field's *name*). None of that shows in the values, but
/// all of it shows in where they lie: in a clean head each part begins exactly where the one before
/// and the two bytes of its line end stop. Later versions refuse most of this by themselves, and may
/// lay the parts out in their own way, so only 0.9 is held to it.
struct HeadReader {
  private(set) var head: RequestHead
  private var isClean = true
  /// Where the request line begins.
  private let start: UInt
  /// Where the next field's name must begin.
  private var next: UInt

  private static let isLayoutKnown = String(cString: MHD_get_version()).hasPrefix("0.9.")

  /// Reads the request line; the target is the copy that was made before the library cut it up.
  init(
    method: UnsafePointer<CChar>, target: [UInt8], targetAddress: UInt,
    version: UnsafePointer<CChar>
  ) {
    let method = UnsafeRawBufferPointer(start: method, count: strlen(method))
    let version = UnsafeRawBufferPointer(start: version, count: strlen(version))
    head = RequestHead(method: method, target: target, version: version)
    start = method.address
    next = version.end + 2
    require(method.end + 1 == targetAddress)
    require(targetAddress + UInt(target.count) + 1 == version.address)
  }

  /// Reads the fields of a request.
  mutating func readFields(of connection: OpaquePointer) {
    withUnsafeMutablePointer(to: &self) {
      _ = MHD_get_connection_values_n(connection, .HEADER_KIND, fieldReceived, $0)
    }
    // The last line must be the empty one that ends the head, and nothing else.
    require(next + 2 == start + UInt(cmicrohttpd_header_size(connection)))
  }

  /// Whether the head lay in the buffer as RFC 9112 has it on the wire.
  var isWellFormed: Bool { isClean || !Self.isLayoutKnown }

  fileprivate mutating func take(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
    head.append(name: name, value: value)
    require(name.address == next && value.address > name.end)
    next = value.end + 2
  }

  private mutating func require(_ condition: Bool) {
    isClean = isClean && condition
  }
}

/// Called by libmicrohttpd for each header field.
private func fieldReceived(
  context: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?,
  nameBytes: Int, value: UnsafePointer<CChar>?, valueBytes: Int
) -> MHD_Result {
  guard let reader = context?.assumingMemoryBound(to: HeadReader.self), let name, let value else {
    return .NO
  }
  reader.pointee.take(
    name: UnsafeRawBufferPointer(start: name, count: nameBytes),
    value: UnsafeRawBufferPointer(start: value, count: valueBytes))
  return .YES
}

extension UnsafeRawBufferPointer {
  fileprivate var address: UInt { UInt(bitPattern: baseAddress) }
  fileprivate var end: UInt { address + UInt(count) }
}
