internal import CCurl

/// What the client's thread does: it starts what waits, drives libcurl, and tells how each ended.
final class TransferLoop {
  private let inbox: Inbox
  private let multi: MultiHandle
  private let settings: WebClient.Settings
  private var active: [Transfer] = []
  private var idle: [Transfer] = []

  init(inbox: Inbox, multi: MultiHandle, settings: WebClient.Settings) {
    self.inbox = inbox
    self.multi = multi
    self.settings = settings
  }

  /// Runs until the inbox is closed and everything has ended.
  func run() {
    do throws(ClientError) {
      while try step() {}
    } catch {
      // Only a broken handle or no memory; from here on every send is refused as never sent.
      inbox.close(by: .now)
      abandon(error.description, code: error.code)
    }
    idle.removeAll()
  }

  /// One round; false when it was the last.
  private func step() throws(ClientError) -> Bool {
    let (submissions, stopBy) = inbox.take()
    for submission in submissions { start(submission) }
    try multi.perform()
    while let (transfer, code) = multi.nextEnded() { finish(transfer, code) }

    var wait: Duration = .seconds(60)
    if let stopBy {
      guard !active.isEmpty else { return false }
      wait = min(wait, stopBy - .now)
      guard wait > .zero else {
        abandon("The client was stopped.", code: 0)
        return false
      }
    }
    if inbox.fallAsleep() {
      try multi.wait(milliseconds: wait.pollMilliseconds)
      inbox.wakeUp()
    }
    return true
  }

  private func start(_ submission: Submission) {
    do throws(ClientError) {
      let transfer = try freeTransfer()
      do throws(ClientError) {
        try transfer.load(submission)
        try multi.add(transfer)
      } catch {
        _ = transfer.unload()
        throw error
      }
      transfer.slot = active.count
      active.append(transfer)
    } catch {
      submission.completion(
        .failed(.init(kind: .neverSent, code: error.code, text: error.description)))
    }
  }

  private func freeTransfer() throws(ClientError) -> Transfer {
    if let transfer = idle.popLast() { return transfer }
    return try Transfer(settings: settings, share: multi.share)
  }

  private func finish(_ transfer: Transfer, _ code: CURLcode) {
    end(transfer, with: transfer.exchange(endedBy: code))
  }

  /// Ends everything that is under way or waits, saying of each only what is proven.
  private func abandon(_ text: String, code: Int32) {
    while let transfer = active.last {
      end(transfer, with: transfer.failure(timedOut: false, code: code, text))
    }
    for submission in inbox.take().submissions {
      submission.completion(.failed(.init(kind: .neverSent, code: code, text: text)))
    }
  }

  /// Takes the transfer out before the completion runs, so that a request sent from there finds a
  /// free handle.
  private func end(_ transfer: Transfer, with exchange: Exchange) {
    multi.remove(transfer)
    if let last = active.popLast(), last !== transfer {
      last.slot = transfer.slot
      active[transfer.slot] = last
    }
    let submission = transfer.unload()
    if idle.count < settings.connectionLimit { idle.append(transfer) }
    submission?.completion(exchange)
  }
}

extension Duration {
  /// The milliseconds, rounded up so that a wait does not end just before its time.
  fileprivate var pollMilliseconds: Int32 {
    Int32(clamping: components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000 + 1)
  }
}
