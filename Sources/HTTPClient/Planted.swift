#if PLANTED
import Glibc

/// Whether the body can be rewound, which is the bug that the proof plants in this module.
///
/// It is compiled only where `COMMONTHREAD_PLANTED` is set at build time; what ships has none.
var hasRewindableBody: Bool {
  getenv("COMMONTHREAD_BUG").map { String(cString: $0) } == "rewindable-body"
}
#endif
