import Crypto

/// Where the secrets are that a configuration only names.
///
/// This module reads no environment and no file: the program passes these in.
public struct SecretLookup: Sendable {
  /// The value of an environment variable; nil when it is not set.
  public var environment: @Sendable (String) -> String?
  /// The content of a file, without a line break at its end; nil when it cannot be read.
  public var file: @Sendable (String) -> String?

  /// Makes a lookup.
  public init(
    environment: @escaping @Sendable (String) -> String?,
    file: @escaping @Sendable (String) -> String?
  ) {
    self.environment = environment
    self.file = file
  }

  /// Knows no variable and no file: every secret must stand in the configuration itself.
  public static let none = SecretLookup(environment: { _ in nil }, file: { _ in nil })
}

/// What is wrong with a configuration, and where.
public struct SettingsError: Error, Equatable, Sendable {
  /// The key's path, such as `channels.main.authToken`.
  public var path: String
  /// What is wrong with it and how to put it right; it never holds a secret.
  public var reason: String

  /// Makes an error.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// Both in one sentence for people.
  public var sentence: String { path + " " + reason }
}
