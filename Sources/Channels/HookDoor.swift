import Crypto
import HTTP

/// What guards a channel's hook before the provider's own signature is looked at.
///
/// A secret in the path and HTTP Basic are all there is for providers that sign nothing, and a
/// second lock for the others.
public struct HookDoor: Sendable {
  /// The path under the public URL, `/hooks/<channel>`, without a secret.
  public let path: String
  /// The secrets that may follow the path, the newest first; empty when none is needed.
  public let secrets: [Secret]
  /// What a caller's `Authorization` may be, the newest first; empty when none is needed.
  private let authorizations: [Secret]

  /// Makes the door of the channel of that name.
  ///
  /// `passwords` of `user` are asked for only if there are any.
  init(channel: String, secrets: [Secret] = [], user: String? = nil, passwords: [Secret] = []) {
    path = "/hooks/" + channel
    self.secrets = secrets
    authorizations = passwords.map { password in
      Secret(basicAuthorization(user: user ?? "", password: password))
    }
  }

  /// The path under the public URL that a provider is to call.
  public var secretPath: String {
    guard let secret = secrets.first else { return path }
    return path + "/" + String(decoding: secret.bytes, as: UTF8.self)
  }

  /// Values that may never be in a log.
  var redactions: [Secret] { secrets + authorizations }

  /// Throws unless the caller knows the secrets that are set; each is compared in constant time.
  func check(_ callback: Callback) throws(WebhookRejection) {
    if !secrets.isEmpty {
      guard let called = callback.url?.path.utf8,
        let slash = called.lastIndex(of: UInt8(ascii: "/")),
        called[..<slash].reversed().starts(with: path.utf8.reversed()),
        isKnown(Array(called[slash...].dropFirst()), among: secrets)
      else { throw .badSecret }
    }
    if !authorizations.isEmpty {
      guard let given = callback.request.headers["Authorization"],
        isKnown(Array(given.utf8), among: authorizations)
      else { throw .badCredentials }
    }
  }

  private func isKnown(_ given: [UInt8], among secrets: [Secret]) -> Bool {
    secrets.reduce(false) { constantTimeEqual(given, $1.bytes) || $0 }
  }
}

/// The value of an `Authorization` field for HTTP Basic, by RFC 7617.
func basicAuthorization(user: String, password: Secret) -> String {
  "Basic " + Base64.encode(Array(user.utf8) + [UInt8(ascii: ":")] + password.bytes)
}
