internal import CCurl
import HTTP

/// How a request ended.
public enum Exchange: Equatable, Sendable {
  /// A whole answer came, whatever its status; a redirect is an answer too and is not followed.
  case answered(HTTPResponse)
  /// No whole answer came.
  case failed(Failure)

  /// Why no whole answer came.
  public struct Failure: Equatable, Sendable {
    /// What is known about the request.
    public var kind: Kind
    /// libcurl's code, <https://curl.se/libcurl/c/libcurl-errors.html>; 0 when it was not libcurl
    /// that failed.
    public var code: Int32
    /// One sentence for people: the host at most, never a path, header or body.
    public var text: String

    /// Makes a failure.
    public init(kind: Kind, code: Int32, text: String) {
      self.kind = kind
      self.code = code
      self.text = text
    }
  }

  /// What is known about a request that got no whole answer.
  public enum Kind: Equatable, Sendable {
    /// Proven not to have been carried out: no byte of it was handed to a connection, or it has a
    /// body and none of that was. It may be sent again.
    case neverSent
    /// Some of it was sent and time ran out; whether it was carried out is not known.
    case timedOut
    /// Some of it was sent and the connection or the answer broke; whether it was carried out is
    /// not known.
    case broken
  }
}

/// What libcurl, or the system on its behalf, refused to do at the start.
public struct ClientError: Error, Equatable, CustomStringConvertible {
  /// The code that the call returned.
  public let code: Int32
  /// One sentence for people.
  public let description: String

  init(code: Int32, _ description: String) {
    self.code = code
    self.description = description
  }

  /// Throws libcurl's error unless the code says that all is well.
  static func check(_ code: CURLcode) throws(ClientError) {
    guard code != CURLE_OK else { return }
    throw ClientError(
      code: Int32(bitPattern: code.rawValue),
      "libcurl: \(String(cString: curl_easy_strerror(code)))")
  }

  /// Throws libcurl's error unless the code of its multi interface says that all is well.
  static func check(_ code: CURLMcode) throws(ClientError) {
    guard code != CURLM_OK else { return }
    throw ClientError(
      code: code.rawValue, "libcurl: \(String(cString: curl_multi_strerror(code)))")
  }
}
