import Channels
import HTTP

/// Where the configuration of a command comes from.
enum ConfigurationFile {
  /// The file that is read when none is named.
  static let standardPath = "commonthread.json5"

  /// Reads the configuration that the option names, or the standard file; without either, the
  /// built-in one with the simulator phone.
  ///
  /// Throws `Problem` with the file, the key's path and the reason.
  static func load(_ path: String?) throws -> Configuration {
    let file = path ?? standardPath
    guard let bytes = FileBytes.read(file, limit: 1 << 20) else {
      guard path == nil else {
        throw Problem(description: "Cannot read \(file). Check the path and the file's rights.")
      }
      return try .builtIn()
    }
    do throws(SettingsError) {
      return try Configuration(parsing: bytes, lookup: .machine)
    } catch {
      throw Problem(description: "\(file): \(error.sentence).")
    }
  }
}

/// Something that a person must put right, in one sentence with the fix.
struct Problem: Error, CustomStringConvertible {
  let description: String
}

extension Configuration {
  /// What holds without a file: the simulator phone and a landlord without a name of its own.
  static func builtIn() throws -> Configuration {
    let phone: JSON = ["provider": "simulator"]
    return Configuration(
      landlord: "Your landlord", phone: "01632 960 123",
      channels: [try ConfiguredChannel(name: "phone", settings: phone, lookup: .none)])
  }

  /// The demonstration: Elm Homes, with its own database in a folder for temporary files.
  static func demo(database: String) throws -> Configuration {
    var configuration = try builtIn()
    configuration.landlord = "Elm Homes"
    configuration.pencePerPart = 2.4
    configuration.languages = ["en", "cy", "pl"]
    configuration.database = database
    configuration.isThrowaway = true
    return configuration
  }
}
