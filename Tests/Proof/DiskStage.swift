import Engine
import Gateway
import Messaging
import SQLite
import Store

/// The gateway over a disk in memory, driven step by step, with what the world knows of it.
final class DiskStage {
  /// The disk.
  let disk: CrashFileSystem
  private let fileSystem: Result<SealedFileSystem?, any Error>
  /// What the world knows.
  var ledger = DiskLedger()
  /// How connections are made.
  let hasReaders: Bool
  private let pragmasAfter: [StaticString]
  private(set) var clock: DiskClock
  private(set) var database: Database?
  private(set) var receiver: Receiver?
  private(set) var handler: Handler?
  private(set) var scheduler: Scheduler?
  private(set) var desk: Desk?
  var dispatcher: Dispatcher?
  /// The attempts that were handed over and not settled.
  var handedOver: [Attempt] = []

  /// The name of the database's file.
  static let path = "gateway.sqlite"

  /// Makes a stage with an empty disk.
  ///
  /// With readers it has shared memory and read-only connections, as in production; without, one
  /// connection that keeps the file to itself. `pragmasAfter` are run on the writing connection when
  /// the database is open, and are for planted bugs and sizes; they need a stage without readers.
  /// Without seals no page is verified, which is a planted bug.
  init(hasReaders: Bool, hasSeals: Bool = true, pragmasAfter: [StaticString] = []) {
    let disk = CrashFileSystem(seed: 0, hasSharedMemory: hasReaders)
    self.disk = disk
    fileSystem = Result { hasSeals ? try SealedFileSystem(over: disk.name) : nil }
    clock = DiskClock(seed: 0)
    self.hasReaders = hasReaders
    self.pragmasAfter = pragmasAfter
  }

  deinit {
    // The connections go before the disk that they are on.
    abandon()
  }

  /// Everything but the gateway itself.
  struct Scene {
    fileprivate let image: CrashFileSystem.Image
    fileprivate let ledger: DiskLedger
    fileprivate let now: Instant

    /// An empty disk, and nothing known.
    static let nothing = Scene(image: .init(), ledger: DiskLedger(), now: DiskWorld.start)

    /// The same with other files on the disk.
    func with(_ image: CrashFileSystem.Image) -> Scene {
      Scene(image: image, ledger: ledger, now: now)
    }
  }

  /// How things stand, with the database closed.
  var scene: Scene { Scene(image: disk.image, ledger: ledger, now: clock.now) }

  /// Puts everything as it stood; the database is closed, and all chance follows from the seed.
  func set(_ scene: Scene, seed: UInt64) {
    abandon()
    disk.restore(scene.image, seed: seed)
    SQLiteLibrary.seedRandomness(Int32(truncatingIfNeeded: seed & 0x7FFF_FFFE) + 1)
    clock = DiskClock(now: scene.now, seed: seed)
    ledger = scene.ledger
  }

  /// Starts the gateway, as `serve` does before it does anything else.
  func boot() throws {
    try openDatabase()
    try recover()
  }

  /// Opens the database as it is, and nothing else.
  func open() throws -> Database {
    var options = DatabaseOptions()
    options.threading = .caller
    options.readers = hasReaders ? 2 : 0
    options.vfs = try fileSystem.get()?.name ?? disk.name
    if !hasReaders { options.pragmas = [.init("locking_mode", "EXCLUSIVE")] }
    let database = try Database(path: Self.path, options: options)
    self.database = database
    return database
  }

  /// Opens the database and brings it to the schema.
  func openDatabase() throws {
    let database = try open()
    for pragma in pragmasAfter { _ = try database.read { try $0.first(pragma) { _ in true } } }
    try Migrations.run(Schema.migrations, on: database, now: clock.now)
    let settings = try DiskWorld.settings.get()
    let shelf = LibraryShelf(try DiskWorld.library.get())
    let environment = clock.environment
    receiver = Receiver(
      database: database, settings: settings, shelf: shelf, environment: environment)
    handler = Handler(
      database: database, settings: settings, shelf: shelf, environment: environment)
    scheduler = Scheduler(database: database, settings: settings, environment: environment)
    desk = Desk(database: database, settings: settings, environment: environment)
    dispatcher = Dispatcher(database: database, settings: settings, environment: environment)
  }

  /// Settles what a crash cut off.
  func recover() throws {
    try dispatcher?.recover()
    try handler?.recover()
  }

  /// Ends the process without a word: its memory is lost, and nothing more is written.
  func abandon() {
    disk.cutPower(atChange: 1)
    forget()
    handedOver = []
  }

  /// Ends the process in good order.
  func close() {
    database?.close()
    forget()
    handedOver = []
  }

  private func forget() {
    (receiver, handler, scheduler, desk, dispatcher) = (nil, nil, nil, nil, nil)
    database = nil
  }

  /// Opens the database, after whatever happened, and says what it did not keep; then goes on.
  func verify() throws -> [String] {
    try openDatabase()
    guard let database else { return ["there is no database"] }
    var broken = ledger.broken(in: try DiskFindings(database))
    guard broken.isEmpty else { return broken }
    try recover()
    let found = try DiskFindings(database, isChecked: true)
    broken += ledger.broken(in: found)
    if found.outbox.contains(where: { $0.state == "claimed" }) {
      broken.append("a message is claimed after a restart")
    }
    return broken
  }
}
