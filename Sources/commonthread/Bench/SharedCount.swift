import Synchronization

/// A number that many threads count up.
final class SharedCount: Sendable {
  private let count = Atomic(0)

  /// What it has come to.
  var value: Int { count.load(ordering: .relaxed) }

  /// Counts one up and returns the number before.
  func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
