import FoundationEssentials
import Glibc
import Messaging
import Store

/// The demonstration landlord: Elm Homes with Oak Tower and 200 residents, all of them fictional.
enum Demo {
  /// The configuration, with a new folder for the database.
  static func configuration() throws -> Configuration {
    let folder = FileManager.default.temporaryDirectory.path + "/commonthread-demo-\(getuid())"
    let database = folder + "/demo.sqlite"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    for name in ["", "-wal", "-shm"] { unlink(database + name) }
    return try .demo(database: database)
  }

  /// Moves the residents in.
  static func fill(_ service: Service) throws {
    let first = service.newID()
    let residents = (0..<count).map { resident($0, after: first) }
    try service.database.write(.bulk, "demo") { transaction in
      for (resident, address) in residents { try transaction.add(resident, addresses: [address]) }
    }
  }

  private static let count = 200

  /// One resident by number; numbers are from Ofcom's range for drama.
  private static func resident(_ index: Int, after first: RecordID) -> (ResidentRecord, Address) {
    let person = people[index % people.count]
    let digits = String(700 + index)
    let resident = ResidentRecord(
      id: RecordID(high: first.high, low: UInt64(index)), firstName: person.name,
      language: person.language, building: "Oak Tower", home: "Flat \(index + 1)",
      floor: index / 10)
    return (resident, Address(scheme: .tel, value: "+447700900" + digits))
  }

  private static let people: [(name: String, language: String)] = [
    ("Amina", "en"), ("Rhys", "cy"), ("Kasia", "pl"), ("George", "en"), ("Priya", "en"),
    ("Tom", "en"), ("Carys", "cy"), ("Marek", "pl"), ("Joyce", "en"), ("Dev", "en"),
    ("Fatima", "en"), ("Sam", "en"), ("Ewa", "pl"), ("Megan", "cy"), ("Leroy", "en"),
    ("Nia", "cy"), ("Olu", "en"), ("Maria", "en"), ("Pawel", "pl"), ("Beth", "en"),
  ]
}
