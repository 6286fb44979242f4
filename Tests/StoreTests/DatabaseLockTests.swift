import Foundation
import Store
import Support
import Testing

@Suite struct DatabaseLockTests {
  @Test func `a second opening is refused at once, and names the first`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let first = try NoteDatabase(path)
    let began = ContinuousClock.now
    #expect(throws: StoreError.inUse(processID: getpid())) { try NoteDatabase(path) }
    #expect(ContinuousClock.now - began < .seconds(1))
    try first.add("still mine")
    first.database.close()
    #expect(try NoteDatabase(path).notes() == ["still mine"])
  }

  @Test func `another process cannot take the lock while we have it`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let notes = try NoteDatabase(path)
    #expect(try status(of: ["-n", path + ".lock", "true"]) == 1)
    notes.database.close()
    #expect(try status(of: ["-n", path + ".lock", "true"]) == 0)
  }

  @Test func `we cannot take it while another process has it, and can once that is killed`() throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let output = Pipe()
    let input = Pipe()
    let other = Process()
    other.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    other.arguments = ["-o", path + ".lock", "sh", "-c", "echo held; exec cat"]
    other.standardOutput = output
    other.standardInput = input
    try other.run()
    #expect(output.fileHandleForReading.readData(ofLength: 5) == Data("held\n".utf8))
    #expect(throws: StoreError.inUse(processID: nil)) { try NoteDatabase(path) }
    kill(other.processIdentifier, SIGKILL)
    try input.fileHandleForWriting.close()
    other.waitUntilExit()
    try NoteDatabase(path).add("ours")
  }

  @Test func `the lock itself is one to a file`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    func attempt() throws {
      _ = try DatabaseLock(databasePath: path)
    }
    let held = try DatabaseLock(databasePath: path)
    #expect(throws: StoreError.inUse(processID: getpid())) { try attempt() }
    release(held)
    try attempt()
    #expect(throws: StoreError.unopenable(path: "/no/such/a.sqlite.lock", errorNumber: ENOENT)) {
      _ = try DatabaseLock(databasePath: "/no/such/a.sqlite")
    }
  }

  @Test func `a lock that cannot name its holder is not taken`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.sqlite")
    let device = "/dev/full"
    try FileManager.default.createSymbolicLink(
      atPath: path + ".lock", withDestinationPath: device)
    #expect(throws: StoreError.unopenable(path: path + ".lock", errorNumber: EINVAL)) {
      _ = try DatabaseLock(databasePath: path)
    }
  }

  private func release(_ lock: consuming DatabaseLock) {}

  private func status(of arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
