import Glibc
import Testing

/// Waits until `condition` holds, looking at it every few milliseconds; false when it never did.
///
/// The limit is far beyond what a loaded machine needs: it only keeps a failing test from hanging.
func eventually(
  within limit: Duration = .seconds(20), _ condition: () throws -> Bool
) rethrows -> Bool {
  let end = ContinuousClock.now + limit
  while ContinuousClock.now < end {
    if try condition() { return true }
    poll(nil, 0, 4)
  }
  return try condition()
}

/// What a test cannot go on without.
struct Missing: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
