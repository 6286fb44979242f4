import Messaging

/// The number words of each language, from which those between the tens are made.
struct NumberWords {
  private var words: [String: [Int: [[String]]]] = [:]

  /// Notes the words of one entry of `common-words.txt`.
  mutating func add(_ entry: WordsFile.Entry, _ number: Int) {
    for block in entry.blocks {
      let phrases = block.list.map { Folding.words($0) }.filter { !$0.isEmpty }
      words[block.language, default: [:]][number, default: []] += phrases
    }
  }

  /// `twenty one` to `ninety nine`, in each language that puts the tens first.
  var composed: [(words: [String], number: Int)] {
    var composed: [(words: [String], number: Int)] = []
    for numbers in words.values {
      for tens in stride(from: 20, through: 90, by: 10) {
        for unit in 1...9 {
          for first in numbers[tens] ?? [] {
            for second in numbers[unit] ?? [] { composed.append((first + second, tens + unit)) }
          }
        }
      }
    }
    return composed
  }
}

extension Vocabulary {
  /// Takes in the numbers between the tens, and all numbers for replies about days and times.
  mutating func take(_ words: NumberWords) {
    for (words, number) in words.composed {
      let key = words.joined(separator: " ")
      if numbers[key] == nil { numbers[key] = number }
      // "twentyone" is a common slip.
      if words.count == 2, numbers[words.joined()] == nil { numbers[words.joined()] = number }
    }
    for (key, number) in numbers {
      let words = key.split(separator: " ").map(String.init)
      numberPhrases.insert(words, number)
      guard (0...59).contains(number), !calendar.hasMeaning(words) else { continue }
      _ = calendar.add(words, .count(number))
    }
  }
}

extension CalendarWords {
  /// What the words of an entry mean; nil for one that is not of days and times.
  static func meaning(ofKey key: String) -> Meaning? {
    if let role = key.after("when ").flatMap(Role.init) { return .role(role) }
    let parts = key.split(separator: " ")
    guard parts.count == 2, let number = Int(parts[1]) else { return nil }
    switch parts[0] {
    case "month": return (1...12).contains(number) ? .month(number) : nil
    case "weekday": return (1...7).contains(number) ? .weekday(number) : nil
    case "day": return (-7...7).contains(number) ? .day(number) : nil
    case "hour": return (1...12).contains(number) ? .hour(number) : nil
    default: return nil
    }
  }
}
