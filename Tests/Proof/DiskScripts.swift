/// A short story that is told many times, with a fault at another place each time.
struct DiskScript: Sendable {
  /// How it is called.
  let name: String
  /// What happens before, without a fault.
  let before: [DiskStep]
  /// What happens with a fault.
  let steps: [DiskStep]
  /// Whether the log is left as it is before, not emptied into the file.
  var keepsLog = false
  /// Every which operation is tried in a CI run; a release tries each.
  var stride = 1

  /// Makes a script.
  init(_ name: String, after before: [DiskStep] = [], _ steps: DiskStep...) {
    self.name = name
    self.before = before
    self.steps = steps
  }
}

extension DiskScript {
  private static let asked: [DiskStep] = [.text(1, DiskWorld.keyword), .handle]
  private static let sent: [DiskStep] = asked + [.claim]
  private static let crowd: [DiskStep] = (1...12).flatMap { person -> [DiskStep] in
    [.text(person, DiskWorld.keyword), .handle, .claim, .settle(.accepted)]
  }

  /// Every script.
  static let all: [DiskScript] = [
    DiskScript("text", .text(1, DiskWorld.keyword)),
    DiskScript(
      "text-again", after: [.text(1, DiskWorld.keyword)], .again(0), .text(2, DiskWorld.keyword)),
    DiskScript("stop", after: asked, .text(1, "STOP"), .handle, .claim),
    DiskScript(
      "handle", after: [.text(1, DiskWorld.keyword), .text(2, DiskWorld.keyword)], .handle),
    DiskScript(
      "answer", after: sent + [.settle(.accepted)], .text(1, DiskWorld.answer), .handle),
    DiskScript("claim", after: asked, .claim, .settle(.accepted)),
    DiskScript("settle-unknown", after: sent, .settle(.unknown), .receipts, .handle),
    DiskScript("retry", after: asked, .claim, .settle(.queued), .wait(hours: 1), .claim),
    DiskScript("receipt", after: sent + [.settle(.accepted)], .receipts, .handle),
    DiskScript("refused", after: sent, .settle(.refused), .text(1, DiskWorld.answer), .handle),
    DiskScript("desk", .write(3), .claim, .settle(.accepted)),
    DiskScript("broadcast", .broadcast(40), .claim, .settle(.accepted)),
    DiskScript("malformed", .malformed, .forged(2000), .text(1, DiskWorld.keyword)),
    DiskScript(
      "timer", after: sent + [.settle(.accepted)], .wait(hours: 25), .handle, .claim,
      .settle(.accepted)),
    DiskScript("restart", after: sent, .restart, .text(1, DiskWorld.answer), .handle),
    DiskScript("restart-full", after: crowd, .restart, .again(3), .text(20, DiskWorld.keyword)),
    DiskScript("backup", after: sent, .backup("copy.sqlite"), .text(2, DiskWorld.keyword)),
    DiskScript("large", .forged(60_000), .text(1, DiskWorld.keyword), .handle),
    DiskScript(
      "crowd", after: crowd, .text(1, DiskWorld.answer), .text(2, "STOP"), .handle, .write(2),
      .claim, .settle(.accepted), .receipts, .handle),
    DiskScript(
      "whole", .text(1, DiskWorld.keyword), .handle, .claim, .settle(.accepted), .receipts,
      .text(1, DiskWorld.answer), .handle, .claim, .settle(.unknown), .handle, .restart),
  ]

  /// A script that makes the log longer than it may be, so that it is copied into the file: that
  /// alone is a thousand operations.
  static let long: DiskScript = {
    var script = DiskScript(
      "long", after: (0..<18).map { _ in .forged(215_000) }, .forged(90_000),
      .text(1, DiskWorld.keyword), .handle, .claim, .settle(.accepted), .forged(90_000))
    script.keepsLog = true
    script.stride = 17
    return script
  }()
}
