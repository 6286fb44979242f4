import Channels
import FoundationEssentials
import Glibc

extension SecretLookup {
  /// Finds secrets in this process's environment and in files of at most 64 KiB.
  static let machine = SecretLookup(
    environment: { name in getenv(name).map { String(cString: $0) } },
    file: { path in
      guard let bytes = FileBytes.read(path, limit: 65_536) else { return nil }
      return String(decoding: bytes, as: UTF8.self).trimmingSuffix("\n\r")
    })
}

extension String {
  fileprivate func trimmingSuffix(_ characters: String) -> String {
    var text = self[...]
    while let last = text.unicodeScalars.last, characters.unicodeScalars.contains(last) {
      text.unicodeScalars.removeLast()
    }
    return String(text)
  }
}

/// Whole files, read with a limit.
enum FileBytes {
  /// The bytes of the file; nil when it cannot be read or is longer than `limit`.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
    return nil
  }

  /// The names in a folder, sorted; nil when it cannot be read.
  static func names(in folder: String) -> [String]? {
    try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}
