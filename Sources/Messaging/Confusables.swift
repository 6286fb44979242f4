/// Letters of other scripts that pass for Latin ones.
///
/// Upper and lower case look different in Cyrillic and Greek (`Н` is taken for `H`, `н` is not).
/// The table is for folded text, so it has the lower-case letter wherever either case passes.
/// Source: the letters of Unicode Technical Standard 39 that a phone keyboard or a prankster has.
enum Confusables {
  /// A folded word in Latin letters where it only looked so, else as it was.
  ///
  /// It only looked so if it has letters of Latin beside Cyrillic or Greek ones, or if each of its
  /// Cyrillic and Greek letters has a look-alike. A word that is truly Russian, Ukrainian or Greek
  /// nearly always has a letter without one, and is then left alone.
  static func latin(_ word: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard word.contains(where: isForeign) else { return word }
    let isMixed = word.contains { ("a"..."z").contains($0) }
    guard
      isMixed || word.allSatisfy({ !isForeign($0) && !isLetterMark($0) || lookAlike($0) != nil })
    else { return word }
    var result: [Unicode.Scalar] = []
    var isBaseMapped = false
    for scalar in word {
      if isBaseMapped && isLetterMark(scalar) { continue }
      let latin = lookAlike(scalar)
      result.append(latin ?? scalar)
      if !isMark(scalar) { isBaseMapped = latin != nil }
    }
    return result
  }

  /// Whether it is one of the marks that make letters such as й and ї, which have no look-alike.
  private static func isLetterMark(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{306}" || scalar == "\u{308}"
  }

  private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    (0x370...0x52F).contains(scalar.value)
  }

  private static func lookAlike(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "а", "α": "a"
    case "в", "β": "b"
    case "с", "ϲ": "c"
    case "ԁ": "d"
    case "е", "ε": "e"
    case "ԍ": "g"
    case "н", "һ", "η": "h"
    case "і", "ӏ", "ι": "i"
    case "ј", "ϳ": "j"
    case "к", "κ": "k"
    case "м", "μ": "m"
    case "ν": "n"
    case "о", "ο": "o"
    case "р", "ρ": "p"
    case "ԛ": "q"
    case "ѕ": "s"
    case "т", "τ": "t"
    case "ѵ": "v"
    case "ԝ": "w"
    case "х", "χ": "x"
    case "у", "ү", "υ": "y"
    case "ζ": "z"
    default: nil
    }
  }
}
