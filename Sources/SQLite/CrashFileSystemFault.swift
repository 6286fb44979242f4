internal import CSQLite

extension CrashFileSystem {
  /// What the library can ask of a disk, as far as it can be made to fail.
  public enum Operation: Int, CaseIterable, Sendable {
    /// Opening or making a file.
    case open
    /// Reading bytes.
    case read
    /// Writing bytes.
    case write
    /// Flushing a file.
    case sync
    /// Cutting a file.
    case truncate
    /// Removing a file.
    case delete

    /// The result code when it fails.
    ///
    /// Source: <https://www.sqlite.org/rescode.html>.
    var errorCode: Int32 {
      switch self {
      case .open: SQLITE_CANTOPEN
      case .read: SQLITE_IOERR | 1 << 8
      case .write: SQLITE_IOERR | 3 << 8
      case .sync: SQLITE_IOERR | 4 << 8
      case .truncate: SQLITE_IOERR | 6 << 8
      case .delete: SQLITE_IOERR | 10 << 8
      }
    }

    /// Whether it leaves a mark on the disk.
    var isChange: Bool { self != .open && self != .read }
  }

  /// Something that goes wrong without a power cut.
  public struct Fault: Equatable, Sendable {
    /// The operations that are counted and can fail; nil for all.
    public var operation: Operation?
    /// Which one of them fails, 1 being the next.
    public var number: Int
    /// Whether all of them after it fail too.
    public var isPersistent: Bool
    /// Whether the reason is a full disk; only writes fail then.
    public var isDiskFull: Bool

    /// Makes a fault.
    public init(
      _ operation: Operation? = nil, number: Int, isPersistent: Bool = false,
      isDiskFull: Bool = false
    ) {
      self.operation = operation
      self.number = number
      self.isPersistent = isPersistent
      self.isDiskFull = isDiskFull
    }
  }
}

/// What a disk counts, and decides about each operation.
struct CrashFaults {
  /// What becomes of an operation.
  enum Verdict: Equatable {
    /// It is done.
    case proceed
    /// It fails with this code, perhaps done in part.
    case fails(Int32)
    /// It fails with this code and nothing of it is done, since there is no power.
    case refused(Int32)
    /// The power goes in the middle of it.
    case dies

    /// The result code.
    var code: Int32 {
      switch self {
      case .proceed: SQLITE_OK
      case .fails(let code), .refused(let code): code
      case .dies: SQLITE_IOERR
      }
    }
  }

  private(set) var counts = [Int](repeating: 0, count: CrashFileSystem.Operation.allCases.count)
  private(set) var changes = 0
  private(set) var strikes = 0
  private var fault: CrashFileSystem.Fault?
  private var met = 0
  var changesLeft: Int?
  var isWithoutPower = false
  var capacity: Int?
  var ignoresFlushes = false

  /// Sets what fails from here on.
  mutating func set(_ fault: CrashFileSystem.Fault?) {
    self.fault = fault
    met = 0
    strikes = 0
  }

  /// Counts an operation and decides about it.
  ///
  /// `growth` is by how much it makes its file longer, `used` what all files have already.
  mutating func begin(
    _ operation: CrashFileSystem.Operation, _ random: inout CrashRandom, growth: Int = 0,
    used: @autoclosure () -> Int = 0
  ) -> Verdict {
    counts[operation.rawValue] += 1
    guard !isWithoutPower else { return .refused(operation.errorCode) }
    if let code = strike(operation) { return .fails(code) }
    if let capacity, growth > 0, used() + growth > capacity { return .fails(SQLITE_FULL) }
    return operation.isChange ? beginChange() : .proceed
  }

  /// Counts a change and decides whether the power goes at it.
  mutating func beginChange() -> Verdict {
    changes += 1
    guard let left = changesLeft else { return .proceed }
    changesLeft = left - 1
    guard left <= 1 else { return .proceed }
    isWithoutPower = true
    return .dies
  }

  /// The error code when the fault strikes at this operation, or nil.
  private mutating func strike(_ operation: CrashFileSystem.Operation) -> Int32? {
    guard let fault, fault.operation == nil || fault.operation == operation,
      !fault.isDiskFull || operation == .write
    else { return nil }
    met += 1
    guard met == fault.number || (fault.isPersistent && met > fault.number) else { return nil }
    strikes += 1
    return fault.isDiskFull ? SQLITE_FULL : operation.errorCode
  }
}
