import Messaging
import SQLite
import Store
import Support

/// T18: a byte of the files is damaged, after a crash, in a backup, or while the gateway runs.
struct FlipLoop {
  /// The part of the proof.
  static let part = ProofPart(
    name: "flips",
    proves: "whichever byte of the files is damaged, that is noticed or changes nothing: no wrong "
      + "words are sent, nothing is sent twice or after STOP",
    plants: ["unsealed"]
  ) { order in
    var flips = FlipLoop(order)
    return try flips.run()
  }

  /// What is damaged.
  private enum Place: String, CaseIterable {
    /// The database after the process was killed.
    case database
    /// The log after the process was killed.
    case log
    /// The mark of the last commit after the process was killed.
    case mark
    /// The log after a power cut, which can take the mark: all but the last transaction.
    case olderLog = "older-log"
    /// A backup.
    case backup
    /// The database or its log while the gateway runs.
    case running
  }

  private let order: ProofOrder
  private let stage: DiskStage
  private var outcome = ProofOutcome(unit: "damaged bytes")
  private var noticed: [Place: Int] = [:]

  private init(_ order: ProofOrder) {
    self.order = order
    stage = DiskStage(hasReaders: true, hasSeals: order.planted != "unsealed")
  }

  private mutating func run() throws -> ProofOutcome {
    let subject = try FlipSubject(on: stage)
    let count = UInt64(order.count ?? (order.size == .ci ? 1000 : 10_000))
    let only = order.only.flatMap { UInt64($0) }
    for seed in only.map({ $0..<$0 + 1 }) ?? order.seed..<order.seed + count {
      guard outcome.violations.count < order.violationLimit else { break }
      try flip(seed, subject)
    }
    let notes = Place.allCases.map { "\($0.rawValue) \(noticed[$0, default: 0])" }
    outcome.notes.append("noticed: " + notes.joined(separator: ", ") + "; the rest did no harm")
    return outcome
  }

  private mutating func flip(_ seed: UInt64, _ subject: FlipSubject) throws {
    var random = SplitMix64(seed: seed)
    let place = Place.allCases[Int(seed % UInt64(Place.allCases.count))]
    let mask = random.percent(50) ? UInt8(1) << random.below(8) : UInt8(1 + random.below(255))
    let broken: [String]
    do {
      broken =
        place == .running
        ? try damageRunning(subject, mask, &random)
        : try start(from: image(place, subject, mask, &random), subject, isBackup: place == .backup)
    } catch let error where Self.isDamage(error) {
      noticed[place, default: 0] += 1
      broken = []
    } catch {
      broken = ["the damage shows as another error: \(error)"]
    }
    outcome.tries += 1
    guard let first = broken.first else { return }
    outcome.violations.append(
      ProofViolation(
        sentence: "\(place.rawValue): \(first)",
        replay: "--only \(seed)" + (order.planted.map { " --planted \($0)" } ?? "")))
  }

  /// The files with one byte damaged.
  private func image(
    _ place: Place, _ subject: FlipSubject, _ mask: UInt8, _ random: inout SplitMix64
  ) -> CrashFileSystem.Image {
    var image = place == .backup ? subject.backup : subject.killed
    if place == .olderLog { image.files[DiskStage.path + "-shm"] = nil }
    let (suffix, limit): (String, Int) =
      switch place {
      case .database, .backup, .running: ("", .max)
      case .log: ("-wal", .max)
      case .olderLog: ("-wal", subject.lastTransaction)
      case .mark: ("-shm", 96)
      }
    let path = DiskStage.path + suffix
    guard let size = image.files[path]?.count else { return image }
    image.files[path]?[random.below(min(size, limit))] ^= mask
    return image
  }

  /// Starts on the damaged files as `serve` does, and sends what may go.
  private func start(
    from image: CrashFileSystem.Image, _ subject: FlipSubject, isBackup: Bool
  ) throws -> [String] {
    stage.set(subject.scene(image), seed: order.seed)
    try stage.openDatabase()
    guard let database = stage.database else { return ["there is no database"] }
    let content = try TableContent(of: database)
    guard content == (isBackup ? subject.backupContent : subject.content) else {
      return ["something else is read than was written"]
    }
    // What a backup does not know of is the matter of `restore`.
    guard !isBackup else { return [] }
    try stage.recover()
    return try goOn()
  }

  /// Damages bytes while the gateway runs; many, since most pages are in memory by then.
  private func damageRunning(
    _ subject: FlipSubject, _ mask: UInt8, _ random: inout SplitMix64
  ) throws -> [String] {
    stage.set(subject.scene(subject.killed), seed: order.seed)
    try stage.boot()
    try stage.take(.text(50, DiskWorld.keyword))
    let path = DiskStage.path + (random.percent(50) ? "" : "-wal")
    let size = stage.disk.image.files[path]?.count ?? 0
    for _ in 0..<min(64, size) { stage.disk.damage(path, at: random.below(size), mask: mask) }
    return try goOn()
  }

  private func goOn() throws -> [String] {
    for step in FlipSubject.after { try stage.take(step) }
    guard stage.ledger.violations.isEmpty, let database = stage.database else {
      return stage.ledger.violations
    }
    return stage.ledger.broken(in: try DiskFindings(database, isChecked: true))
  }

  /// Whether that is what damage must lead to.
  ///
  /// A callback that met it was answered 503.
  private static func isDamage(_ error: any Error) -> Bool {
    switch error {
    case let error as SQLiteError: error.isCorruption
    case StoreError.corrupt, StoreError.failed: true
    case StoreError.commitFailed(let error): error.isCorruption
    case is NotTaken: true
    default: false
    }
  }
}

/// The files that are damaged, and what is read from them when they are not.
struct FlipSubject {
  /// The files after the process was killed.
  let killed: CrashFileSystem.Image
  /// What is read from them.
  let content: TableContent
  /// A backup in the place of the database.
  let backup: CrashFileSystem.Image
  /// What is read from it.
  let backupContent: TableContent
  /// Where the last transaction begins in the log.
  let lastTransaction: Int
  private let scene: DiskStage.Scene

  /// The days that have gone before: rows of every kind, in the database and in its log.
  private static let before: [DiskStep] =
    (1...12).flatMap { person -> [DiskStep] in
      [.text(person, DiskWorld.keyword), .handle, .claim, .settle(.accepted)]
    } + [
      .text(3, "STOP"), .handle, .text(1, DiskWorld.answer), .handle, .receipts, .handle,
      .forged(3000), .malformed, .wait(hours: 1),
    ]
  private static let last: [DiskStep] = [
    .backup("copy.sqlite"), .text(4, "STOP"), .handle, .text(2, DiskWorld.answer), .handle, .claim,
    .settle(.unknown), .broadcast(12), .text(20, DiskWorld.keyword), .text(5, DiskWorld.answer),
    .handle, .claim, .text(6, "STOP"), .handle, .write(40), .claim,
  ]
  /// What happens on the damaged files.
  static let after: [DiskStep] = [
    .claim, .settle(.accepted), .text(7, DiskWorld.answer), .handle, .claim, .settle(.accepted),
    .wait(hours: 1), .claim, .settle(.accepted), .handle,
  ]

  /// Lives those days.
  init(on stage: DiskStage) throws {
    stage.set(.nothing, seed: 1)
    stage.ledger.expectedWords = [
      DiskWorld.question, DiskWorld.thanks, DiskWorld.notice, "Elm Homes",
    ]
    try stage.boot()
    for step in Self.before { try stage.take(step) }
    stage.close()
    try stage.boot()
    for step in Self.last { try stage.take(step) }
    var killed = stage.disk.image
    backup = .init(files: [DiskStage.path: killed.files.removeValue(forKey: "copy.sqlite") ?? []])
    killed.files[DiskStage.path + "-shm"] = stage.disk.sharedMemory(of: DiskStage.path)
    self.killed = killed
    lastTransaction = Self.lastTransaction(in: killed.files[DiskStage.path + "-wal"] ?? [])
    scene = stage.scene
    content = try Self.content(of: killed, scene, on: stage)
    backupContent = try Self.content(of: backup, scene, on: stage)
  }

  /// How things stand with those files.
  func scene(_ image: CrashFileSystem.Image) -> DiskStage.Scene { scene.with(image) }

  private static func content(
    of image: CrashFileSystem.Image, _ scene: DiskStage.Scene, on stage: DiskStage
  ) throws -> TableContent {
    stage.set(scene.with(image), seed: 1)
    try stage.openDatabase()
    guard let database = stage.database else { throw NotTaken() }
    return try TableContent(of: database)
  }

  /// The place after the last commit but one.
  private static func lastTransaction(in log: [UInt8]) -> Int {
    let size = 24 + 4096
    let ends = stride(from: 32, to: log.count - size + 1, by: size).filter { start in
      log[start + 4..<start + 8].contains { $0 != 0 }
    }
    return ends.dropLast().last.map { $0 + size } ?? 0
  }
}
