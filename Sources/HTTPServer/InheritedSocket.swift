import Glibc

/// The first listening socket that the service manager handed to this process; nil for none.
///
/// Follows `sd_listen_fds(3)`: `LISTEN_PID` must name this very process, because the variables are
/// inherited by children for whom they are not meant; `LISTEN_FDS` counts descriptors from 3 on.
/// All of them are closed to programs that we start.
public func inheritedSocket(environment: [String: String], processID: Int32) -> Int32? {
  guard let owner = environment["LISTEN_PID"], Int32(owner) == processID,
    let text = environment["LISTEN_FDS"], let count = Int32(text), (1...1_024).contains(count)
  else { return nil }
  let first: Int32 = 3
  for descriptor in first..<first + count {
    // A descriptor that is not open is found out when the server takes the socket over.
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }
  return first
}
