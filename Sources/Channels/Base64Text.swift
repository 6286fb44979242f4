import Crypto

/// The text that a body of base 64 carries; nil when it is to be taken as it stands.
///
/// Some networks hand long texts over encoded, and the provider passes them on. A person's own
/// words must not be taken for that: only a body of 60 or more characters that is strict base 64
/// (so it has no space and no full stop), has at least 10 different characters, and decodes to
/// UTF-8 made of nothing but printable characters and line breaks is decoded. A long run of random
/// letters passes that with a chance of less than one in 10¹²; the caller keeps the raw body all
/// the same.
func textInBase64(_ body: String) -> String? {
  let utf8 = body.utf8
  guard utf8.count >= 60, utf8.count.isMultiple(of: 4), let bytes = Base64.decode(Array(utf8)),
    Set(utf8).count >= 10, let text = String(validating: bytes, as: UTF8.self),
    text.unicodeScalars.allSatisfy(isPrintable)
  else { return nil }
  return text
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  if scalar == "\n" || scalar == "\r" { return true }
  switch scalar.properties.generalCategory {
  case .control, .privateUse, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
    return false
  default:
    return true
  }
}
