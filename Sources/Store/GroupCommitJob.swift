import Dispatch
import Synchronization

/// A write that waits for its turn: what to do, and whom to tell when it is durable or lost.
struct GroupCommitJob: Sendable {
  let name: StaticString
  /// Does the work in the open transaction; returns the error that undoes it, or nil.
  let perform: @Sendable (borrowing Transaction) -> (any Error)?
  /// Tells the caller the end, nil for success; called once, and never before the commit returned.
  let finish: @Sendable ((any Error)?) -> Void
}

/// What one caller waits for.
final class PendingWrite<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let end = Mutex<(any Error)?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  /// The job that runs `body` and answers here.
  func job(
    _ name: StaticString, _ body: @escaping @Sendable (borrowing Transaction) throws -> Value
  ) -> GroupCommitJob {
    GroupCommitJob(
      name: name,
      perform: { transaction in
        do {
          let made = try body(transaction)
          self.value.withLock { $0 = made }
          return nil
        } catch {
          return error
        }
      },
      finish: { error in
        self.end.withLock { $0 = error }
        self.isDone.signal()
      })
  }

  /// Blocks until the job has ended; returns what it made, or throws why nothing of it is stored.
  func wait() throws -> Value {
    isDone.wait()
    if let error = end.withLock({ $0 }) { throw error }
    guard let made = value.withLock({ $0 }) else { throw StoreError.failed }
    return made
  }
}
