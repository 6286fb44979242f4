import CCurl
import HTTP

@testable import HTTPClient
@testable import HTTPServer

let httpTargets = [
  FuzzTarget("request-guard", readRequestHead), FuzzTarget("form-fields", readFormFields),
  FuzzTarget("percent-coding", readPercentCoding), FuzzTarget("json", readJSON),
  FuzzTarget("json5", readJSON5), FuzzTarget("url-parts", readURL),
  FuzzTarget("listen-address", readListenAddress), FuzzTarget("answer-head", readAnswerHead),
]

/// The input is a head as it is on the wire; what passes the guard is looked at once more by rules
/// that are written differently.
private func readRequestHead(_ bytes: [UInt8]) {
  var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map { line in
    line.last == 13 ? line.dropLast() : line
  }
  let parts = lines.removeFirst().split(
    separator: 32, maxSplits: 2, omittingEmptySubsequences: false)
  let target = parts.count > 1 ? parts[1] : []
  let version = parts.count > 2 ? parts[2] : []
  var head = RequestHead(method: parts[0], target: target, version: version)
  var fields: [(name: String, value: [UInt8])] = []
  for line in lines where !line.isEmpty {
    let colon = line.firstIndex(of: 58) ?? line.endIndex
    let value = Array(line[colon...].dropFirst().drop { $0 == 32 })
    head.append(name: line[..<colon], value: value)
    fields.append((String(decoding: line[..<colon], as: UTF8.self).lowercased(), value))
  }
  do throws(Refusal) {
    let admission = try RequestGuard().admission(of: head)
    check(admission, method: Array(parts[0]), target: Array(target), fields)
    claim(version.elementsEqual("HTTP/1.1".utf8), "the version")
    claim(head.request.headers.count == fields.count, "every field is handed on")
    claim(head.request.url.utf8.elementsEqual(target), "the target is handed on as it came")
  } catch {
    claim((400...599).contains(error.status), "a refusal is an error")
  }
}

private func check(
  _ admission: RequestGuard.Admission, method: [UInt8], target: [UInt8],
  _ fields: [(name: String, value: [UInt8])]
) {
  let method = String(decoding: method, as: UTF8.self)
  claim(
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].contains(method), "the method")
  claim(target.first == 47 && target.count <= 8192, "the target is a path")
  claim(target.allSatisfy { (0x21...0x7E).contains($0) }, "the target is printable")
  claim(!String(decoding: target, as: UTF8.self).contains("%00"), "no NUL in the target")
  claim(fields.count <= 64, "the number of fields")
  claim(fields.allSatisfy { !$0.name.isEmpty && !$0.name.contains(" ") }, "the names")
  for byte in fields.flatMap(\.value) { claim(byte >= 32 && byte != 127 || byte == 9, "a value") }
  claim(fields.count { $0.name == "host" } == 1, "one Host")
  claim(!fields.contains { $0.name == "transfer-encoding" }, "no Transfer-Encoding")
  let lengths = fields.filter { $0.name == "content-length" }
    .map { String(decoding: $0.value, as: UTF8.self) }
  claim(lengths.count <= 1, "one Content-Length")
  claim(lengths.first.map { UInt64($0) } ?? 0 == admission.contentLength, "its value")
  claim(lengths.first.map { !$0.hasPrefix("+") } ?? true, "its digits")
  claim(method != "GET" && method != "HEAD" || admission.contentLength == 0, "no body on GET")
}

private func readFormFields(_ bytes: [UInt8]) {
  guard let form = try? FormFields(parsing: bytes) else { return }
  claim(form.fields.count <= FormFields.fieldLimit, "the number of fields")
  let again = try? FormFields(parsing: form.encoded())
  claim(again?.fields.count == form.fields.count, "written fields are read again")
  for (left, right) in zip(form.fields, again?.fields ?? []) {
    claim(left.name.isSame(right.name) && left.value.isSame(right.value), "and are the same")
    claim(form.first(left.name) != nil && !form.all(left.name).isEmpty, "and are found")
  }
}

private func readPercentCoding(_ bytes: [UInt8]) {
  var input = FuzzInput(bytes)
  let place: PercentCoding.Place = input.byte() % 2 == 0 ? .form : .component
  let written = PercentCoding.encoded(input.text, for: place)
  claim(written.utf8.allSatisfy { (0x25...0x7E).contains($0) }, "nothing but plain signs")
  let read = try? PercentCoding.decoded(Array(written.utf8)[...], from: place)
  claim(read?.isSame(input.text) == true, "what was written is read")
  guard let decoded = try? PercentCoding.decoded(input.rest, from: place) else { return }
  claim(decoded.utf8.count <= input.rest.count, "reading makes nothing longer")
}

private func readJSON(_ bytes: [UInt8]) {
  guard let value = try? JSON(parsing: bytes) else { return }
  check(value)
  // A number is only looked at where it is wanted, so that JSON may hold a broken one in a second
  // member of the same name, which JSON5 refuses.
  guard let wider = try? JSON(parsing: bytes, json5: true) else { return }
  claim(wider.serialized() == value.serialized(), "JSON5 reads JSON alike")
}

private func readJSON5(_ bytes: [UInt8]) {
  guard let value = try? JSON(parsing: bytes, json5: true) else { return }
  check(value)
}

private func check(_ value: JSON) {
  let limits = JSON.Limits()
  claim(depth(of: value) <= limits.depth + 1, "the depth is limited")
  let written = value.serialized()
  claim(!written.contains { $0 < 32 }, "one line without control characters")
  var wide = limits
  wide.bytes = .max
  let again = try? JSON(parsing: written, limits: wide)
  claim(again?.serialized() == written, "what was written is read: \(value.text)")
}

private func depth(of value: JSON) -> Int {
  switch value {
  case .array(let elements): 1 + (elements.map(depth).max() ?? 0)
  case .object(let members): 1 + (members.map { depth(of: $0.value) }.max() ?? 0)
  case .null, .bool, .integer, .number, .string: 1
  }
}

/// What is a URL for us must be the same one for libcurl, which makes the connection.
private func readURL(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  _ = RequestRules.refusal(of: HTTPRequest(method: "POST", url: text))
  guard let url = URLParts(text) else { return }
  claim(url.text.isSame(text), "the text is kept")
  claim(text.hasPrefix(url.scheme + "://" + url.host), "scheme and host")
  claim(text.hasSuffix(url.path + (url.query.map { "?" + $0 } ?? "")), "path and query")
  claim(url.path.isEmpty || url.path.hasPrefix("/"), "the path")
  claim((1...65_535).contains(url.port ?? 1), "the port")
  claim(!url.mayBeCalled || url.isSecure || url.isLoopback, "nothing else may be called")
  guard let theirs = CurlURL(text) else { return }
  claim(theirs.port == url.port ?? (url.isSecure ? 443 : 80), "libcurl's port: \(text)")
  claim(
    !url.isLoopback || theirs.isLoopback, "libcurl's host is not this machine: \(theirs.host)")
  let isNumeric = theirs.host.allSatisfy { $0.isHexDigit || "[]:.".contains($0) }
  claim(isNumeric || theirs.host == url.host.lowercased(), "libcurl's host: \(theirs.host)")
}

/// A URL as libcurl reads it.
private struct CurlURL {
  let host: String
  let port: Int

  var isLoopback: Bool { host == "localhost" || host == "[::1]" || host.hasPrefix("127.") }

  init?(_ text: String) {
    let handle = curl_url()
    defer { curl_url_cleanup(handle) }
    guard curl_url_set(handle, CURLUPART_URL, text, 0) == CURLUE_OK,
      let host = Self.part(CURLUPART_HOST, of: handle),
      let port = Self.part(CURLUPART_PORT, of: handle).flatMap({ Int($0) })
    else { return nil }
    self.host = host.lowercased()
    self.port = port
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer?) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    defer { curl_free(text) }
    guard curl_url_get(handle, part, &text, UInt32(CURLU_DEFAULT_PORT)) == CURLUE_OK else {
      return nil
    }
    return text.map { String(cString: $0) }
  }
}

private func readListenAddress(_ bytes: [UInt8]) {
  guard let address = ListenAddress(String(decoding: bytes, as: UTF8.self)) else { return }
  claim([4, 16].contains(address.bytes.count), "four bytes or sixteen")
}

/// The input is a provider's answer as libcurl hands it over: lines, a NUL line, then the body.
private func readAnswerHead(_ bytes: [UInt8]) {
  var answer = Answer(headLimit: 4096, bodyLimit: 4096)
  var input = FuzzInput(bytes)
  while !input.isEmpty, answer.excess == nil {
    let line = input.bytes(until: 10) + [10]
    if line[0] == 0 {
      _ = line.withUnsafeBytes { answer.take(body: $0) }
    } else {
      _ = line.withUnsafeBytes { answer.take(line: $0) }
    }
  }
  claim(answer.body.count <= 4096, "the body is limited")
  let size = answer.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
  claim(size <= 3 * 4096, "the head is limited")
}
