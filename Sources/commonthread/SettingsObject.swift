import Channels
import HTTP

typealias SettingsObject = ChannelSettings

extension ChannelSettings {
  func object(_ key: String) throws(SettingsError) -> SettingsObject {
    guard let value = value(key) else { throw error(key, "is missing") }
    return try ChannelSettings(value, path: path.isEmpty ? key : path + "." + key, lookup: .machine)
  }
  func flag(_ key: String) throws(SettingsError) -> Bool? {
    guard let value = value(key) else { return nil }
    guard let flag = value.bool else { throw error(key, "must be true or false") }
    return flag
  }
  func texts(_ key: String) throws(SettingsError) -> [String]? {
    guard let value = value(key) else { return nil }
    guard let texts = value.array?.compactMap(\.string), texts.count == value.array?.count else { throw error(key, "must be a list of strings") }
    return texts
  }
}
