import Foundation
import Testing

/// How large a run of the proof is: small by itself, and as large as the environment says.
///
/// `.github/CONTRIBUTING.md` lists the variables.
enum RunSize {
  /// How often the process is killed.
  static var kills: Int { number("COMMONTHREAD_KILLS", else: 20) }
  /// How often it is stopped and started under load.
  static var restarts: Int { number("COMMONTHREAD_RESTARTS", else: 10) }
  /// How many addresses a broadcast goes to; a twentieth of them text STOP meanwhile.
  static var broadcast: Int { number("COMMONTHREAD_BROADCAST", else: 1000) }

  /// How many messages wait while the provider is down.
  static var queue: Int { number("COMMONTHREAD_QUEUE", else: 500) }
  /// For how long a provider drips; from 35 on it is our own limit that ends it.
  static var slowSeconds: Int { number("COMMONTHREAD_SLOW_SECONDS", else: 2) }

  private static func number(_ name: String, else standard: Int) -> Int {
    guard let text = ProcessInfo.processInfo.environment[name] else { return standard }
    guard let number = Int(text), number > 0 else {
      Issue.record("\(name) must be a number from 1")
      return standard
    }
    return number
  }
}

/// Prints what a run counted and proved, in one line.
func proven(_ sentence: String) {
  print("proof: \(sentence)")
}

extension Duration {
  /// The whole milliseconds.
  var milliseconds: Int64 { Int64(self / .milliseconds(1)) }
}
