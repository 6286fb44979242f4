import Channels

extension Command {
  /// Reads the configuration and says what is wrong with it.
  static let checkConfig = Command(
    name: "check-config", synopsis: "[--config FILE]",
    summary: "Reads the configuration and says what is wrong with it.", details: ""
  ) { words in
    let arguments = try Arguments(words, options: ["--config"])
    let configuration = try ConfigurationFile.load(arguments["--config"])
    _ = try configuration.gatewaySettings()
    for key in configuration.unused {
      Terminal.complain("\(key) is read and checked, and nothing uses it yet.")
    }
    let channels = configuration.channels.map { "\($0.name) (\($0.traits.provider))" }
    Terminal.say(
      "\(configuration.landlord): the configuration is in order. "
        + "Channels: \(channels.joined(separator: ", ")).")
    for channel in configuration.channels where !channel.traits.isLocal {
      let path = "\(configuration.publicURL)\(channel.door.path)"
      let secret = channel.door.secrets.isEmpty ? "" : "/<hookSecret>"
      Terminal.say("Point the callbacks of \(channel.name) at \(path)\(secret)")
    }
    return 0
  }
}
