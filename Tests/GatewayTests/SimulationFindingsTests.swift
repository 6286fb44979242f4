import Messaging
import Testing

@testable import Gateway

/// What the simulation has found, each by the shortest way to it.
@Suite struct SimulationFindingsTests {
  @Test func `a STOP that Twilio brings again does not undo the START after it`() throws {
    let world = try GatewayWorld()
    try world.text("STOP", sid: "SM1", more: [("OptOutType", "STOP")])
    try world.handle()
    try world.text("START", sid: "SM2", more: [("OptOutType", "START")])
    try world.handle()
    #expect(try world.optOut() == nil)
    #expect(try world.text("STOP", sid: "SM1", more: [("OptOutType", "STOP")]) == 200)
    try world.handle()
    #expect(try world.optOut() == nil)
  }

  @Test func `a START that Twilio brings again does not lift the STOP after it`() throws {
    let world = try GatewayWorld()
    try world.text("START", sid: "SM1", more: [("OptOutType", "START")])
    try world.handle()
    try world.text("STOP", sid: "SM2", more: [("OptOutType", "STOP")])
    try world.handle()
    #expect(try world.text("START", sid: "SM1", more: [("OptOutType", "START")]) == 200)
    try world.handle()
    #expect(try world.optOut() != nil)
  }
}
