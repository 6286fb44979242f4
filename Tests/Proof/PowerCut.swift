import SQLite
import Support

/// T1: the power goes at every change of the disk in the scripts, and at random changes of random
/// days.
struct PowerCut {
  /// The part of the proof.
  static let part = ProofPart(
    name: "powercut",
    proves: "after a power cut at any disk operation nothing acknowledged is lost, nothing is "
      + "half done, nothing is sent twice",
    plants: ["normal", "lying-disk"]
  ) { order in
    var cuts = PowerCut(order)
    return try cuts.run()
  }

  private let order: ProofOrder
  private var outcome = ProofOutcome(unit: "power cuts")

  private init(_ order: ProofOrder) {
    self.order = order
  }

  /// How many power cuts a random life sees before it begins anew with an empty database.
  private static let cutsPerLife = 20

  private var wanted: Int { order.count ?? (order.size == .ci ? 100_000 : 1_000_000) }
  private var isDone: Bool {
    outcome.tries >= wanted || outcome.violations.count >= order.violationLimit
  }

  private mutating func run() throws -> ProofOutcome {
    if let only = order.only {
      try replay(only)
      return outcome
    }
    let stages = [stage(hasReaders: false), stage(hasReaders: true)]
    if order.count == nil { try scripts(on: stages[0]) }
    let scripted = outcome.tries
    let empty = try stages.map { try Self.empty(on: $0) }
    var life: UInt64 = 0
    while !isDone {
      // One life in five has readers and shared memory, as production has.
      let place = life % 5 == 4 && order.planted != "normal" ? 1 : 0
      try live(order.seed &+ life, on: stages[place], from: empty[place], cuts: Self.cutsPerLife)
      life += 1
    }
    outcome.notes.append(
      "\(scripted) at the changes of \(DiskScript.all.count + 1) scripts, the rest in \(life) lives"
    )
    return outcome
  }

  private func stage(hasReaders: Bool) -> DiskStage {
    let isNormal = order.planted == "normal" && !hasReaders
    return DiskStage(
      hasReaders: hasReaders, pragmasAfter: isNormal ? ["PRAGMA synchronous = NORMAL"] : [])
  }

  /// A database without anything in it, closed.
  private static func empty(on stage: DiskStage) throws -> DiskStage.Scene {
    stage.set(DiskStage.Scene.nothing, seed: 1)
    try stage.boot()
    stage.close()
    return stage.scene
  }

  /// A life as a violation names it: `life-<seed>-<readers>-<cuts>`; or a scripted cut,
  /// `<script>/<change>/<seed>`.
  private mutating func replay(_ name: String) throws {
    let words = name.split(separator: "-")
    if words.count == 4, words[0] == "life", let seed = UInt64(words[1]), let cuts = Int(words[3]) {
      let stage = stage(hasReaders: words[2] == "readers")
      return try live(seed, on: stage, from: Self.empty(on: stage), cuts: cuts)
    }
    let parts = name.split(separator: "/")
    guard parts.count == 3,
      let script = (DiskScript.all + [.long]).first(where: { $0.name == parts[0] }),
      let change = Int(parts[1]), let seed = UInt64(parts[2])
    else { throw DiskWorld.Broken(description: "There is no try \(name).") }
    let stage = stage(hasReaders: false)
    _ = try cut(script, from: script.scene(on: stage), at: change, seed, on: stage)
  }

  private mutating func note(_ broken: [String], _ name: String) {
    outcome.tries += 1
    guard let first = broken.first else { return }
    outcome.violations.append(
      ProofViolation(
        sentence: "\(first)" + (broken.count > 1 ? " (and \(broken.count - 1) more)" : ""),
        replay: "--only \(name)" + (order.planted.map { " --planted \($0)" } ?? "")))
  }
}

// The scripts.
extension PowerCut {
  /// The seeds with which a cut at one change is tried: what survives differs.
  private static let seeds: Range<UInt64> = 0..<4

  private mutating func scripts(on stage: DiskStage) throws {
    for script in DiskScript.all + [.long] {
      let stride = order.size == .ci ? script.stride : 1
      let scene = try script.scene(on: stage)
      for seed in Self.seeds {
        var change = 1
        while !isDone, try cut(script, from: scene, at: change, seed, on: stage) {
          change += stride
        }
      }
    }
  }

  /// Runs the script up to that change of the disk; false when it has fewer.
  private mutating func cut(
    _ script: DiskScript, from scene: DiskStage.Scene, at change: Int, _ seed: UInt64,
    on stage: DiskStage
  ) throws -> Bool {
    stage.set(scene, seed: seed)
    stage.disk.ignoresFlushes = order.planted == "lying-disk"
    try stage.boot()
    stage.disk.cutPower(atChange: change)
    for step in script.steps { do { try stage.take(step) } catch {} }
    guard stage.disk.isWithoutPower else { return false }
    stage.abandon()
    stage.disk.crash(seed: seed &* 1_000_003 &+ UInt64(change))
    note(try Self.verdict(of: stage), "\(script.name)/\(change)/\(seed)")
    return true
  }

  /// What a database that is opened again did not keep; an error of the opening counts too.
  static func verdict(of stage: DiskStage) throws -> [String] {
    do {
      return try stage.verify()
    } catch {
      return ["it cannot be opened again: \(error)"]
    }
  }
}

// The random lives.
extension PowerCut {
  /// Lives with so many power cuts, each at a random change, also while it starts again.
  private mutating func live(
    _ seed: UInt64, on stage: DiskStage, from scene: DiskStage.Scene, cuts: Int
  ) throws {
    var random = SplitMix64(seed: seed)
    stage.set(scene, seed: seed)
    stage.disk.ignoresFlushes = order.planted == "lying-disk"
    try stage.boot()
    for cut in 1...cuts {
      stage.disk.cutPower(atChange: 1 + random.below(random.percent(10) ? 300 : 50))
      for _ in 0..<60 where !stage.disk.isWithoutPower {
        do { try stage.take(DiskStep.random(&random)) } catch {}
      }
      try die(stage, &random)
      let readers = stage.hasReaders ? "readers" : "alone"
      let broken = try Self.verdict(of: stage)
      note(broken, "life-\(seed)-\(readers)-\(cut)")
      guard broken.isEmpty, !isDone else { return }
    }
  }

  /// Ends the process by a power cut; sometimes another one follows while it starts again.
  private func die(_ stage: DiskStage, _ random: inout SplitMix64) throws {
    stage.abandon()
    stage.disk.crash(seed: random.next())
    while random.percent(15) {
      stage.disk.cutPower(atChange: 1 + random.below(12))
      do { try stage.boot() } catch {}
      stage.abandon()
      stage.disk.crash(seed: random.next())
    }
  }
}

extension DiskScript {
  /// How things stand after what happens before.
  func scene(on stage: DiskStage) throws -> DiskStage.Scene {
    stage.abandon()
    stage.set(DiskStage.Scene.nothing, seed: 1)
    stage.ledger.expectedWords = [DiskWorld.question, DiskWorld.thanks, DiskWorld.notice]
    try stage.boot()
    for step in before { try stage.take(step) }
    let asItIs = stage.scene
    stage.close()
    return keepsLog ? asItIs : stage.scene
  }
}

extension DiskStep {
  /// A step of an ordinary day; people take turns, so that no limit on replies is met.
  static func random(_ random: inout SplitMix64) -> DiskStep {
    let person = random.below(60)
    switch random.below(100) {
    case 0..<30: return .text(person, DiskWorld.keyword)
    case 30..<42: return .text(person, DiskWorld.answer)
    case 42..<44: return .text(person, "STOP")
    case 44..<50: return .again(random.below(1000))
    case 50..<68: return .handle
    case 68..<78: return .claim
    case 78..<88: return .settle(random.pick([.accepted, .accepted, .queued, .unknown, .refused]))
    case 88..<91: return .receipts
    case 91..<93: return .write(person)
    case 93..<94: return .broadcast(5)
    case 94..<95: return .malformed
    case 95..<96: return .forged(random.below(9000))
    case 96..<98: return .wait(hours: random.pick([1, 1, 25]))
    default: return .restart
    }
  }
}
