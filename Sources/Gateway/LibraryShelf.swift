import Engine
import Synchronization

/// Where the steps find the conversations: replaced whole when they are read again.
public final class LibraryShelf: Sendable {
  private let held: Mutex<Library>

  /// Makes a shelf with the first library.
  public init(_ library: Library) {
    held = Mutex(library)
  }

  /// The conversations as they are now.
  public var library: Library { held.withLock { $0 } }

  /// Puts newly read conversations in place of the old ones.
  public func replace(with library: Library) {
    held.withLock { $0 = library }
  }
}
