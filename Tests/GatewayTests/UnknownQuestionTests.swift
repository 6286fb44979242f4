import Messaging
import Store
import Testing

@testable import Gateway

@Suite struct UnknownQuestionTests {
  static let question = "Does your front door shut by itself?"

  private func asked(_ answer: Provider.Answer) throws -> GatewayWorld {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.handle()
    try world.send(answer)
    try world.advance(.minutes(2))
    return world
  }

  @Test func `of an unknown question a sure answer is taken, and proves that it arrived`() throws {
    let world = try asked(.timedOut(arrives: true))
    #expect(try world.exchange("1").first?.contains("Thank you, that is all.") == true)
    #expect(try world.outbox().first?.state == "accepted")
    #expect(try world.database.read { try $0.answers(of: GatewayWorld.resident) }.count == 1)
  }

  @Test func `a text that came before the unknown question does not prove that it arrived`()
    throws
  {
    let world = try GatewayWorld()
    try world.text("fire door")
    try world.text("1")
    #expect(try world.handler.step(limit: 1) == 1)
    world.machine.advance(.seconds(1))
    try world.send(.timedOut(arrives: false), rounds: 1)
    try world.handle()
    #expect(try world.outbox().first?.state == "unknown")
  }

  @Test func `of an unknown question anything else has it asked anew`() throws {
    let world = try asked(.timedOut(arrives: false))
    #expect(try world.exchange("hm").first?.contains(Self.question) == true)
    #expect(try world.outbox().first?.state == "unknown")
    #expect(try world.exchange("stays open").first?.contains("Which floor") == true)
  }

  @Test(arguments: [
    Provider.Answer.error(status: 400, code: 21617), .error(status: 400, code: 29999),
  ])
  func `an answer to a question that nobody got is not taken`(answer: Provider.Answer) throws {
    let world = try asked(answer)
    #expect(try world.exchange("1").first?.contains(Self.question) == true)
    #expect(try world.database.read { try $0.answers(of: GatewayWorld.resident) }.isEmpty)
    #expect(try world.exchange("1").first?.contains("Thank you, that is all.") == true)
  }

  @Test func `a question that still waits for its retry takes its answer`() throws {
    let world = try asked(.neverSent)
    #expect(try world.exchange("yes").last?.contains("Thank you, that is all.") == true)
  }
}
