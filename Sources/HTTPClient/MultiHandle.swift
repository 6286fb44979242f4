internal import CCurl

/// libcurl's multi handle: the connections, and every transfer under way on them.
///
/// `@unchecked Sendable`: the client's thread makes every call but ``wake()``, which libcurl allows
/// from any thread while the handle lives, and the handle lives as long as anyone can call it.
final class MultiHandle: @unchecked Sendable {
  /// Where the transfers' easy handles keep their TLS sessions together.
  let share: UnsafeMutableRawPointer
  private let raw: UnsafeMutableRawPointer

  /// Once in the life of the process, and safe from any thread in this libcurl.
  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init(settings: WebClient.Settings) throws(ClientError) {
    guard Self.isLibraryReady, let share = curl_share_init() else {
      throw ClientError(code: 0, "libcurl could not be started.")
    }
    guard let raw = curl_multi_init() else {
      curl_share_cleanup(share)
      throw ClientError(code: 0, "libcurl has no handle for transfers.")
    }
    self.share = share
    self.raw = raw
    let shared = ccurl_share_setopt_int(
      share, CURLSHOPT_SHARE, Int32(CURL_LOCK_DATA_SSL_SESSION.rawValue))
    guard shared == CURLSHE_OK else {
      throw ClientError(code: Int32(bitPattern: shared.rawValue), "libcurl cannot share sessions.")
    }
    try set(CURLMOPT_MAX_TOTAL_CONNECTIONS, settings.connectionLimit)
    try set(CURLMOPT_MAX_HOST_CONNECTIONS, settings.connectionLimitPerHost)
    try set(CURLMOPT_MAXCONNECTS, settings.connectionLimit)
    try set(CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
  }

  /// The easy handles are gone before, for the loop that owns them keeps this alive.
  deinit {
    curl_multi_cleanup(raw)
    curl_share_cleanup(share)
  }

  func add(_ transfer: Transfer) throws(ClientError) {
    try ClientError.check(curl_multi_add_handle(raw, transfer.handle.raw))
  }

  func remove(_ transfer: Transfer) {
    curl_multi_remove_handle(raw, transfer.handle.raw)
  }

  /// Does what can be done on every transfer without waiting.
  func perform() throws(ClientError) {
    var running: Int32 = 0
    try ClientError.check(curl_multi_perform(raw, &running))
  }

  /// Waits until a transfer can go on, ``wake()`` was called, or the time in milliseconds is over.
  func wait(milliseconds: Int32) throws(ClientError) {
    try ClientError.check(curl_multi_poll(raw, nil, 0, milliseconds, nil))
  }

  /// Ends the wait, or the next one when there is none now.
  func wake() {
    curl_multi_wakeup(raw)
  }

  /// The next transfer that has ended, and libcurl's code for how; nil when there is none.
  func nextEnded() -> (transfer: Transfer, code: CURLcode)? {
    var left: Int32 = 0
    while let message = curl_multi_info_read(raw, &left) {
      guard message.pointee.msg == CURLMSG_DONE else { continue }
      var context: UnsafeMutableRawPointer?
      guard
        ccurl_getinfo_ptr(message.pointee.easy_handle, CURLINFO_PRIVATE, &context) == CURLE_OK,
        let context
      else { continue }
      return (Transfer.from(context), message.pointee.data.result)
    }
    return nil
  }

  private func set(_ option: CURLMoption, _ value: Int) throws(ClientError) {
    try ClientError.check(ccurl_multi_setopt_long(raw, option, value))
  }
}
