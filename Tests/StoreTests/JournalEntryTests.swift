import Messaging
import Store
import Testing

@Suite struct JournalEntryTests {
  private static let id = RecordID(at: Instant(milliseconds: 1_795_000_000_000), random: (1, 2))

  private static let entries: [JournalEntry] =
    [
      "tel:+447700900123", "tel:60777", "name:Elm Homes", "name:50% off.", "name: . \n.",
      "email:a.resident@example.org", "whatsapp:GB.13491208655302741918", "telegram:-1001",
      "viber:a+/=",
      "name:%0A", "messenger:5678", "slack:C024", "name:Élan",
    ].compactMap(Address.init(stored:)).flatMap { address -> [JournalEntry] in
      [
        .optOut(address, isCarrier: false, sequence: 1),
        .optOut(address, isCarrier: true, sequence: .max), .optIn(address, sequence: 0),
        .optIn(address, sequence: -1),
      ]
    } + [
      .accepted(id), .accepted(RecordID(high: 0, low: 0)),
      .accepted(RecordID(high: .max, low: .max)),
    ]

  @Test(arguments: entries)
  func `an entry is one line, which reads as the entry`(entry: JournalEntry) {
    #expect(entry.line.utf8.filter { $0 == 10 }.count == 1)
    #expect(entry.line.hasSuffix(" .\n"))
    #expect(entry.line.utf8.count <= JournalEntry.longestLine)
    #expect(JournalEntry(line: entry.line) == entry)
  }

  @Test(arguments: entries)
  func `a line cut short anywhere is no entry`(entry: JournalEntry) {
    for count in 0..<entry.line.count {
      #expect(JournalEntry(line: String(entry.line.prefix(count))) == nil)
    }
  }

  @Test(arguments: [
    "stop tel:+447700900123 word .\n", "stop tel:+447700900123 loud 1 .\n",
    "stop +447700900123 word 1 .\n", "stop fax:1 word 1 .\n", "stop tel:+447700900123 word x .\n",
    "stop tel:+447700900123 word 99999999999999999999 .\n", "start tel:+447700900123 .\n",
    "start  1 .\n", "start tel:%4 1 .\n", "start tel:%ZZ 1 .\n", "start tel:%FF 1 .\n",
    "accepted .\n", "accepted 01 .\n", "accepted 01 02 .\n", " .\n", ".\n", "\n", "",
    "Stop tel:+447700900123 word 1 .\n", "stop tel:+447700900123 word 1  .\n",
  ])
  func `what is no entry is nil`(line: String) {
    #expect(JournalEntry(line: line) == nil)
  }

  @Test func `the longest address of a provider fits`() {
    let address = Address(scheme: .email, value: String(repeating: " ", count: 320))
    let entry = JournalEntry.optOut(address, isCarrier: true, sequence: .min)
    #expect(entry.line.utf8.count <= JournalEntry.longestLine)
    #expect(JournalEntry(line: entry.line) == entry)
  }
}
