/// Whether the text has so many scalars, each of them fit.
func isMade(
  of text: some StringProtocol, count: ClosedRange<Int>, by isFit: (Unicode.Scalar) -> Bool
) -> Bool {
  count.contains(text.unicodeScalars.count) && text.unicodeScalars.allSatisfy(isFit)
}

/// Whether it is a digit of ASCII.
func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

/// Whether it is a letter of ASCII.
func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
}

/// Whether it is a letter or a digit of ASCII.
func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool { isDigit(scalar) || isLetter(scalar) }

/// Whether it is one of the given signs.
func isAmong(_ scalar: Unicode.Scalar, _ signs: String) -> Bool {
  signs.unicodeScalars.contains(scalar)
}
