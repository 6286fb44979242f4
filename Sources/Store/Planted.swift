#if PLANTED
import Glibc

/// The one bug that is planted on purpose, to see that the proof finds it.
///
/// It is compiled only where `COMMONTHREAD_PLANTED` is set at build time; what ships has none.
public enum Planted {
  private static let bug = getenv("COMMONTHREAD_BUG").map { String(cString: $0) }

  /// Whether that bug is the planted one.
  public static func has(_ name: String) -> Bool { bug == name }
}
#endif
