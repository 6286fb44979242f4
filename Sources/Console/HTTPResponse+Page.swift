import HTTP

extension HTTPResponse {
  /// A page, or a part of one, that no cache keeps and no other site can frame or feed.
  ///
  /// The policy lets in only our own scripts, styles and pictures by address, so that markup which
  /// slipped through the renderer would still not run.
  static func page(_ html: HTML, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: [
        HTTPHeader("Content-Type", "text/html; charset=utf-8"),
        HTTPHeader("Content-Security-Policy", contentSecurityPolicy),
        HTTPHeader("Cross-Origin-Opener-Policy", "same-origin"),
        HTTPHeader("Cache-Control", "no-store"),
      ] + everywhere,
      body: html.bytes)
  }

  /// A stylesheet or script of ours, which may be kept for a year.
  ///
  /// Pages therefore ask for it under an address that changes with its content.
  static func asset(type: String, text: String) -> HTTPResponse {
    HTTPResponse(
      status: 200,
      headers: [
        HTTPHeader("Content-Type", type + "; charset=utf-8"),
        HTTPHeader("Cache-Control", "public, max-age=31536000, immutable"),
      ] + everywhere,
      body: Array(text.utf8))
  }

  private static let everywhere = [
    HTTPHeader("X-Content-Type-Options", "nosniff"),
    HTTPHeader("Referrer-Policy", "no-referrer"),
  ]

  private static let contentSecurityPolicy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
    """
}
