internal import CMicroHTTPD
import Glibc
import HTTP

/// One connection: the request it is at, and the account of the bytes that came over it.
///
/// It is made when the connection is accepted and freed when it is closed, both by the library's
/// accepting thread; in between only the connection's own thread touches it, and the library joins
/// that thread before the connection counts as closed.
final class ClientConnection {
  private let service: Service
  private var target: [UInt8] = []
  private var targetAddress: UInt = 0
  private var state = State.idle
  private var request = HTTPRequest(method: "", url: "")
  private var admission = RequestGuard.Admission(contentLength: 0, mayKeepAlive: false)
  private var isWorking = false
  private var reservedBytes = 0
  /// The bytes of all requests so far, as we understood them.
  private var accountedBytes: UInt64 = 0

  private enum State { case idle, begun, reading, answered }

  init(service: Service) {
    self.service = service
    service.connectionOpened()
  }

  deinit { service.connectionClosed() }

  /// Takes the target, before the library unescapes it and cuts the query off.
  func targetReceived(_ text: UnsafePointer<CChar>) {
    target = Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    targetAddress = UInt(bitPattern: text)
    state = .begun
  }

  /// Takes the head, then each piece of the body, then the end; false closes the connection.
  func received(
    method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
    piece: UnsafeRawBufferPointer, on connection: OpaquePointer
  ) -> Bool {
    switch state {
    case .begun:
      var reader = HeadReader(
        method: method, target: target, targetAddress: targetAddress, version: version)
      reader.readFields(of: connection)
      return headReceived(reader, on: connection)
    case .reading where !piece.isEmpty:
      guard UInt64(request.body.count + piece.count) <= admission.contentLength else {
        return false
      }
      request.body.append(contentsOf: piece)
      return true
    case .reading: return requestReceived(on: connection)
    case .idle, .answered: return false
    }
  }

  /// Forgets the request, whether it was answered or broken off.
  func completed() {
    state = .idle
    request.body = []
    service.release(reservedBytes)
    reservedBytes = 0
    if isWorking {
      isWorking = false
      service.end()
    }
  }

  private func headReceived(_ reader: HeadReader, on connection: OpaquePointer) -> Bool {
    service.requestReceived()
    do throws(Refusal) {
      guard reader.isWellFormed else { throw .malformed }
      admission = try service.requestGuard.admission(of: reader.head)
    } catch {
      return refuse(error.status, error.sentence, on: connection)
    }
    let path = reader.head.path
    guard admission.contentLength <= UInt64(max(0, service.settings.bodyLimit(path))) else {
      let status = service.settings.oversizeStatus(path)
      return refuse(status, "The body is too large.\n", on: connection)
    }
    let bodyBytes = Int(admission.contentLength)
    guard begin(), let reserved = service.reserve(bodyBytes) else {
      return refuse(503, "The server is busy, please try again.\n", on: connection)
    }
    reservedBytes = reserved
    request = reader.head.request
    request.body.reserveCapacity(bodyBytes)
    accountedBytes += UInt64(cmicrohttpd_header_size(connection)) + admission.contentLength
    state = .reading
    return true
  }

  private func begin() -> Bool {
    isWorking = !service.isOverLimit && service.begin()
    return isWorking
  }

  private func requestReceived(on connection: OpaquePointer) -> Bool {
    let response = service.handler(request)
    let keepsAlive = admission.mayKeepAlive && service.isOpen && !hasSurplus(connection)
    if let fault = AnswerFault(in: response) {
      service.report(fault)
    } else if answer(response, closes: !keepsAlive, on: connection) {
      return true
    } else {
      service.report(.library)
    }
    let apology = HTTPResponse(
      status: 500, type: "text/plain", text: "The server made a mistake.\n")
    return answer(apology, closes: true, on: connection)
  }

  /// Whether more bytes came than the requests so far have.
  ///
  /// No client of ours sends a request before the last one is answered. Who does may have had two
  /// programs on the way disagree about where a request ends, so the connection ends here.
  private func hasSurplus(_ connection: OpaquePointer) -> Bool {
    var received: UInt64 = 0
    return cmicrohttpd_bytes_received(cmicrohttpd_descriptor(connection), &received) != 0
      || received != accountedBytes
  }

  private func refuse(_ status: Int, _ sentence: String, on connection: OpaquePointer) -> Bool {
    service.requestRefused()
    var response = HTTPResponse(status: status, type: "text/plain", text: sentence)
    if status == 503 { response.headers.append(HTTPHeader("Retry-After", "5")) }
    return answer(response, closes: true, on: connection)
  }

  /// Queues an answer that has no fault; false when the library does not take it.
  private func answer(
    _ response: HTTPResponse, closes: Bool, on connection: OpaquePointer
  ) -> Bool {
    let created = response.body.withUnsafeBytes { body in
      // The library copies the body; its parameter is not const because it might also keep it.
      MHD_create_response_from_buffer(
        body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let created else { return false }
    defer { MHD_destroy_response(created) }
    for header in response.headers {
      guard MHD_add_response_header(created, header.name, header.value) == .YES else {
        return false
      }
    }
    if closes {
      guard MHD_add_response_header(created, "Connection", "close") == .YES else { return false }
    }
    state = .answered
    return MHD_queue_response(connection, UInt32(response.status), created) == .YES
  }
}
