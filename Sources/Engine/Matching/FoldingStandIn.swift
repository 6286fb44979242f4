enum Folding {
  static let limit = 2000
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(2000) {
      let v = scalar.value
      if (0xFE00...0xFE0F).contains(v) || v == 0x20E3 || v == 0x200D || v == 0x200B { continue }
      if scalar == "'" || scalar == "\u{2019}" { continue }
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        word.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      } else {
        if !word.isEmpty {
          words.append(String(word))
          word = .init()
        }
        if v > 0x2190 { words.append(String(scalar)) }
      }
    }
    if !word.isEmpty { words.append(String(word)) }
    return words
  }
}
