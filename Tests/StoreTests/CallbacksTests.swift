import Messaging
import SQLite
import Store
import Testing

@Suite struct CallbacksTests {
  private func held(_ shop: Shop) throws -> (count: Int64, bytes: Int64, newest: Bool) {
    let row = try shop.database.read { reader in
      try reader.first(
        "SELECT count(*), coalesce(sum(length(request)), 0), max(id) FROM quarantine"
      ) { ($0.integer(0), $0.integer(1), $0.recordID(2)) }
    }
    return (row?.0 ?? -1, row?.1 ?? -1, row?.2 != nil)
  }

  @Test func `quarantine holds ten thousand callbacks, the newest ones`() throws {
    let shop = try Shop()
    try shop.write { transaction in
      for number in 0..<10_000 { try transaction.quarantine(Shop.callback(number)) }
    }
    #expect(try held(shop).count == 10_000)
    try shop.write { try $0.quarantine(Shop.callback(10_000, at: Shop.now + .seconds(1))) }
    #expect(try held(shop).count == 9000)
    let newest = try shop.database.read { reader in
      try reader.first("SELECT max(at_ms) FROM quarantine") { $0.instant(0) }
    }
    #expect(newest == Shop.now + .seconds(1))
  }

  @Test func `quarantine holds 64 MiB, however they are spread`() throws {
    let shop = try Shop()
    try shop.write { transaction in
      for number in 0..<2000 { try transaction.quarantine(Shop.callback(number, size: 100)) }
    }
    for number in 0..<40 {
      let callback = Shop.callback(number, size: 3 << 20, at: Shop.now + .seconds(1 + number))
      try shop.write { try $0.quarantine(callback) }
      #expect(try held(shop).bytes <= 64 << 20)
    }
    #expect(try held(shop).bytes > 50 << 20)
  }

  @Test func `quarantine holds for seven days`() throws {
    let shop = try Shop()
    try shop.write { try $0.quarantine(Shop.callback(1)) }
    try shop.write { try $0.quarantine(Shop.callback(2, at: Shop.now + .days(7))) }
    #expect(try held(shop).count == 2)
    try shop.write {
      try $0.quarantine(Shop.callback(3, at: Shop.now + .days(7) + .milliseconds(1)))
    }
    #expect(try held(shop).count == 2)
  }
}
