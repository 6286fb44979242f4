import SQLite
import Store

/// T2 and T3: every script, with the first, second, third … operation failing, until none is left.
struct FaultLoop {
  /// T2: the disk fails.
  static let disk = ProofPart(
    name: "faults",
    proves: "whichever disk operation fails, what was acknowledged is kept, nothing wrong is sent, "
      + "and nothing is taken afterwards"
  ) { order in
    var loop = FaultLoop(order, unit: "failed operations", manners: Manner.ofDisk)
    return try loop.run(DiskScript.all + [.long])
  }

  /// T3: memory runs out.
  static let memory = ProofPart(
    name: "memory",
    proves: "whichever allocation of SQLite fails, what was acknowledged is kept and nothing wrong "
      + "is sent"
  ) { order in
    try MemoryFaults.install()
    var loop = FaultLoop(order, unit: "failed allocations", manners: Manner.ofMemory)
    return try loop.run(Array(DiskScript.all.prefix(10)))
  }

  /// How something fails.
  enum Manner: String, CaseIterable {
    /// One operation of the disk fails.
    case once
    /// All operations of the disk fail from then on.
    case always
    /// One write finds the disk full.
    case full
    /// All writes find the disk full from then on.
    case fullAlways = "full-always"
    /// One allocation fails.
    case allocation
    /// All allocations fail from then on.
    case allocations

    static let ofDisk: [Manner] = [.once, .always, .full, .fullAlways]
    static let ofMemory: [Manner] = [.allocation, .allocations]

    /// Whether it is the disk that fails.
    fileprivate var isOfDisk: Bool { Self.ofDisk.contains(self) }

    /// Lets the operation of that number fail.
    fileprivate func arm(_ disk: CrashFileSystem, at number: Int) {
      switch self {
      case .once: disk.fail(.init(number: number))
      case .always: disk.fail(.init(number: number, isPersistent: true))
      case .full: disk.fail(.init(.write, number: number, isDiskFull: true))
      case .fullAlways:
        disk.fail(.init(.write, number: number, isPersistent: true, isDiskFull: true))
      case .allocation: MemoryFaults.fail(number: number, isPersistent: false)
      case .allocations: MemoryFaults.fail(number: number, isPersistent: true)
      }
    }

    /// Heals everything; returns how often it struck.
    fileprivate func disarm(_ disk: CrashFileSystem) -> Int {
      let strikes = disk.strikes + MemoryFaults.stop()
      disk.fail(nil)
      return strikes
    }
  }

  private let order: ProofOrder
  private let manners: [Manner]
  private var outcome: ProofOutcome
  /// How many tries ended in the success of every step.
  private var harmless = 0

  private init(_ order: ProofOrder, unit: String, manners: [Manner]) {
    self.order = order
    self.manners = manners
    outcome = ProofOutcome(unit: unit)
  }

  /// The sizes of the page cache that a release is tried with, beside production's own.
  private static let caches: [[StaticString]] = [
    [], ["PRAGMA cache_size = 1"], ["PRAGMA cache_size = 8"], ["PRAGMA cache_size = 32"],
    ["PRAGMA cache_size = 128"],
  ]

  private mutating func run(_ scripts: [DiskScript]) throws -> ProofOutcome {
    let sizes = order.size == .ci && order.only == nil ? 1 : Self.caches.count
    for cache in 0..<sizes {
      let stages = [
        DiskStage(hasReaders: false, pragmasAfter: Self.caches[cache]),
        DiskStage(hasReaders: true),
      ]
      for (place, stage) in stages.enumerated() where place == 0 || cache == 0 {
        for script in scripts { try run(script, on: stage, cache: cache) }
      }
    }
    outcome.notes.append("in \(harmless) of them every step succeeded all the same")
    return outcome
  }

  private mutating func run(_ script: DiskScript, on stage: DiskStage, cache: Int) throws {
    let scene = try script.scene(on: stage)
    for manner in manners where outcome.violations.count < order.violationLimit {
      let prefix = "\(script.name)/\(manner.rawValue)/\(cache)\(stage.hasReaders ? "r" : "")"
      var number = 1
      if let only = order.only {
        guard only.hasPrefix(prefix + "/"), let wanted = Int(only.dropFirst(prefix.utf8.count + 1))
        else { continue }
        number = wanted
      }
      while try fail(script, from: scene, manner, at: number, on: stage, name: prefix) {
        number += order.size == .ci ? script.stride : 1
        if order.only != nil || outcome.violations.count >= order.violationLimit { break }
        if let count = order.count, outcome.tries >= count { break }
      }
    }
  }

  /// Tells the script with one failure; false when it has fewer operations.
  private mutating func fail(
    _ script: DiskScript, from scene: DiskStage.Scene, _ manner: Manner, at number: Int,
    on stage: DiskStage, name: String
  ) throws -> Bool {
    stage.set(scene, seed: order.seed)
    try stage.boot()
    manner.arm(stage.disk, at: number)
    var hasFailed = false
    for step in script.steps {
      do { try stage.take(step) } catch { hasFailed = true }
    }
    guard manner.disarm(stage.disk) > 0 else { return false }
    if !hasFailed { harmless += 1 }
    refuseWrites(on: stage, always: manner.isOfDisk && !stage.hasReaders && script.isPlain)
    // Now the process ends: in good order, as far as it can, or with the power.
    if number % 2 == 0 {
      stage.close()
    } else {
      stage.abandon()
      stage.disk.crash(seed: order.seed &+ UInt64(number))
    }
    outcome.tries += 1
    guard let broken = try PowerCut.verdict(of: stage).first else { return true }
    outcome.violations.append(
      ProofViolation(sentence: broken, replay: "--only \(name)/\(number) --seed \(order.seed)"))
    return true
  }

  /// After a failure that cannot be trusted no write is taken, although the disk is well again.
  ///
  /// Where one connection did all there was to do, that is so `always`.
  private func refuseWrites(on stage: DiskStage, always: Bool) {
    guard let database = stage.database, always || database.failure != nil else { return }
    do {
      try database.write(.bulk, "probe") { _ in }
      stage.ledger.violate("a write was taken after the disk had failed")
    } catch {}
  }
}

extension DiskScript {
  /// Whether one connection does all of it: it neither starts again nor copies the database.
  fileprivate var isPlain: Bool {
    steps.allSatisfy { step in
      switch step {
      case .restart, .backup: false
      default: true
      }
    }
  }
}
