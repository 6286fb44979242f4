import Synchronization

/// Counts the flushes that took their delay.
final class Delays: Sendable {
  private let counted = Atomic(0)

  var total: Int { counted.load(ordering: .relaxed) }

  func count() { counted.add(1, ordering: .relaxed) }
}
