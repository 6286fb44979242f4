internal import CMicroHTTPD

// Called by libmicrohttpd on its own threads. Each finds its object by an Unmanaged context and calls
// one method of it.

/// Called when a connection is accepted and when it is closed: the object's first and last moment.
func connectionChanged(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
  socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  change: MHD_ConnectionNotificationCode
) {
  guard let context, let socketContext else { return }
  if change == .CONNECTION_NOTIFY_STARTED {
    let service = Unmanaged<Service>.fromOpaque(context).takeUnretainedValue()
    let client = ClientConnection(service: service)
    socketContext.pointee = Unmanaged.passRetained(client).toOpaque()
  } else if let client = socketContext.pointee {
    socketContext.pointee = nil
    Unmanaged<ClientConnection>.fromOpaque(client).release()
  }
}

/// Called when a request line was read, with the target as it was received.
func targetReceived(
  context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
  guard let connection, let target else { return nil }
  client(of: connection)?.targetReceived(target)
  return nil
}

/// Called when the head was read, for every piece of the body, and when the request is whole.
func requestReceived(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?, url: UnsafePointer<CChar>?,
  method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, piece: UnsafePointer<CChar>?,
  pieceBytes: UnsafeMutablePointer<Int>?,
  requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
  guard let connection, let method, let version, let pieceBytes,
    let client = client(of: connection)
  else { return .NO }
  let bytes = UnsafeRawBufferPointer(start: piece, count: piece == nil ? 0 : pieceBytes.pointee)
  pieceBytes.pointee = 0
  return client.received(method: method, version: version, piece: bytes, on: connection)
    ? .YES : .NO
}

/// Called when a request was answered or broken off.
func requestCompleted(
  context: UnsafeMutableRawPointer?, connection: OpaquePointer?,
  requestContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
  reason: MHD_RequestTerminationCode
) {
  guard let connection else { return }
  client(of: connection)?.completed()
}

private func client(of connection: OpaquePointer) -> ClientConnection? {
  cmicrohttpd_socket_context(connection).map {
    Unmanaged<ClientConnection>.fromOpaque($0).takeUnretainedValue()
  }
}
