import Messaging
import SQLite

/// A person and where they live.
public struct ResidentRecord: Equatable, Sendable {
  /// Our id of them.
  public var id: RecordID
  /// What to call them; nil when it is not known.
  public var firstName: String?
  /// The language on the landlord's record, by its code; nil when it is not known.
  public var language: String?
  /// The building's name; nil when it is not known.
  public var building: String?
  /// The home within it, such as `Flat 12`; nil when it is not known.
  public var home: String?
  /// The floor, 0 for the ground floor; nil when it is not known.
  public var floor: Int?

  /// Makes a resident.
  public init(
    id: RecordID, firstName: String?, language: String?, building: String?, home: String?,
    floor: Int?
  ) {
    self.id = id
    self.firstName = firstName
    self.language = language
    self.building = building
    self.home = home
    self.floor = floor
  }
}

extension Transaction {
  /// Keeps a resident with their addresses.
  public func add(_ resident: ResidentRecord, addresses: [Address]) throws {
    try run(
      """
      INSERT INTO residents (id, first_name, language, building, home, floor)
      VALUES (?, ?, ?, ?, ?, ?)
      """,
      resident.id, resident.firstName, resident.language, resident.building, resident.home,
      resident.floor)
    for address in addresses {
      try run("INSERT INTO addresses (address, resident) VALUES (?, ?)", address, resident.id)
    }
  }
}

extension Reader {
  /// Everybody who shares the address; empty for a stranger.
  public func residents(at address: Address) throws -> [ResidentRecord] {
    try all(
      """
      SELECT r.id, r.first_name, r.language, r.building, r.home, r.floor
      FROM addresses AS a JOIN residents AS r ON r.id = a.resident WHERE a.address = ?
      """, address
    ) { row in
      ResidentRecord(
        id: try row.id(0), firstName: row.optionalText(1), language: row.optionalText(2),
        building: row.optionalText(3), home: row.optionalText(4),
        floor: row.optionalInteger(5).map(Int.init))
    }
  }
}

extension Reader {
  /// Residents with each of their addresses, by building and home, at most `limit`.
  public func residentsWithAddresses(
    limit: Int
  ) throws -> [(resident: ResidentRecord, address: Address)] {
    try all(
      """
      SELECT r.id, r.first_name, r.language, r.building, r.home, r.floor, a.address
      FROM addresses AS a JOIN residents AS r ON r.id = a.resident ORDER BY r.id LIMIT ?
      """, limit
    ) { row in
      (
        ResidentRecord(
          id: try row.id(0), firstName: row.optionalText(1), language: row.optionalText(2),
          building: row.optionalText(3), home: row.optionalText(4),
          floor: row.optionalInteger(5).map(Int.init)),
        try row.address(6)
      )
    }
  }
}
