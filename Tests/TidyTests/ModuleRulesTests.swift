import Foundation
import Testing

/// What each module may say: the arrows of the design, and no clock, chance or machine where values
/// are enough.
@Suite struct ModuleRulesTests {
  /// The modules that only turn values into values.
  private static let pure: Set<String> = [
    "Messaging", "HTTP", "Engine", "Channels", "Engagement",
  ]
  /// The modules above them that are driven, and drive nothing themselves.
  private static let synchronous: Set<String> = pure.union(["Store", "Gateway", "Console"])
  /// The one Swift owner of each C library.
  private static let owners = [
    "CCurl": "HTTPClient", "CMicroHTTPD": "HTTPServer", "CSQLite": "SQLite", "CCrypto": "Crypto",
  ]

  @Test(arguments: [
    "Date()", "UUID()", ".random(", "SystemRandomNumberGenerator", "ContinuousClock",
    "clock_gettime", "DispatchQueue", "Thread(", "FileManager", "TimeZone.current",
    "Locale.current", "ProcessInfo", "getenv", "import Glibc", "import Dispatch", "print(",
  ])
  func `a pure module does not look at the machine`(word: String) {
    let offenders = SourceTree.sources.filter { file in
      Self.pure.contains(file.target) && file.code.contains { $0.contains(word) }
    }
    #expect(offenders.isEmpty)
  }

  @Test(arguments: [
    "async ", "await ", "actor ", "Task {", "Task.", "Date()", "UUID()", ".random(in",
  ])
  func `below the program everything is synchronous, and time and chance are arguments`(
    word: String
  ) {
    let offenders = SourceTree.sources.filter { file in
      Self.synchronous.contains(file.target) && file.name != "PhonePage+Script.swift"
        && file.code.contains { $0.contains(word) }
    }
    #expect(offenders.isEmpty)
  }

  @Test(arguments: owners.keys.sorted())
  func `a C library has one Swift owner, which does not pass it on`(library: String) throws {
    let owner = try #require(Self.owners[library])
    for file in SourceTree.sources {
      for line in file.code where line.contains("import \(library)") {
        #expect(file.target == owner, "\(file)")
        #expect(line.hasPrefix("internal import \(library)"), "\(file)")
      }
    }
  }

  @Test func `only an owner of a C library vouches for its own thread safety`() {
    let offenders = SourceTree.sources.filter { file in
      !Self.owners.values.contains(file.target)
        && file.code.contains {
          $0.contains("@unchecked Sendable") || $0.contains("nonisolated(unsafe)")
        }
    }
    #expect(offenders.isEmpty)
  }

  @Test(arguments: ["INSERT INTO ", "DELETE FROM ", "SELECT ", "CREATE TABLE ", "PRAGMA "])
  func `SQL stands in the store and in its library's owner only`(word: String) {
    let offenders = SourceTree.sources.filter { file in
      !["Store", "SQLite"].contains(file.target) && file.code.contains { $0.contains(word) }
    }
    #expect(offenders.isEmpty)
  }

  @Test func `all of Foundation is imported only where its full form is needed`() {
    let allowed: Set<String> = ["Normal.swift", "ClockChanges+TimeZone.swift"]
    let offenders = SourceTree.sources.filter { file in
      !allowed.contains(file.name)
        && file.code.contains { $0.hasSuffix("import Foundation") }
    }
    #expect(offenders.isEmpty)
  }

  @Test func `a module imports only what the manifest names for it`() {
    let manifest = SourceTree.file("Package.swift").text
    let modules = Set(SourceTree.sources.map(\.target)).union(Self.owners.keys)
    for file in SourceTree.sources where file.target != "commonthread" {
      let declared = Self.dependencies(of: file.target, in: manifest)
      for line in file.code {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count else { continue }
        let imported = String(words[place + 1])
        guard modules.contains(imported) else { continue }
        #expect(declared.contains(imported), "\(file) imports \(imported)")
      }
    }
  }

  /// The names in the manifest's line for a module.
  private static func dependencies(of module: String, in manifest: String) -> Set<String> {
    guard
      let start = manifest.range(of: "module(\"\(module)\"")
        ?? manifest.range(of: "module(\n      \"\(module)\"")
    else { return [] }
    let rest = manifest[start.upperBound...]
    let end = rest.range(of: ".module(") ?? rest.range(of: ".executableTarget(")
    let entry = rest[..<(end?.lowerBound ?? rest.endIndex)]
    return Set(entry.split(separator: "\"").map(String.init))
  }
}
