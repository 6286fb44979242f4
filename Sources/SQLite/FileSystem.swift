internal import CSQLite

/// The file system that a database would lie on.
public enum FileSystem {
  /// The number by which `/usr/include/linux/magic.h` names it; nil when the path cannot be looked at.
  public static func magic(of path: String) -> UInt32? {
    let found = csqlite_file_system_magic(path)
    return found == -1 ? nil : UInt32(truncatingIfNeeded: found)
  }
}
