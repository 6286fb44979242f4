import Messaging

/// Everything the engine remembers of one address between turns.
///
/// It is stored as bytes by the gateway and means nothing to it.
public struct Lane: Equatable, Sendable {
  /// A lane on which nothing has happened.
  public init() {}
}

/// A turn that waits for the outcome of an action; lives only within one transaction.
public struct Suspended: Sendable {
  var lane: Lane
  var effects: [Effect]
}
