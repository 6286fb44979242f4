/// `picture <file>: alt text` sends a picture where the channel can, the alt text where it cannot.
///
/// Under `say:` or `ask` such a line belongs to what is said there, and translations stand below
/// the whole wording; here they stand under the picture's own line.
///
/// ```text
/// conversation: The new doors
/// owner: Safety Team
/// purpose: Show what the new doors look like.
/// start when they text: PICTURE
/// start from: resident
/// languages: en, cy
/// answers: named
/// forget after: 1 day
///
/// step show
///   picture doors.png: A blue front door with a silver handle.
///     cy: Drws ffrynt glas gyda dolen arian.
///   say: These are the new doors.
///     cy: Dyma'r drysau newydd.
///   end
///
/// example in words where there are no pictures
///   resident: PICTURE
///   bot: A blue front door with a silver handle. These are the new doors.
///
/// example a picture where there are pictures
///   channel: whatsapp
///   resident: PICTURE
///   bot: picture doors.png
///   bot: These are the new doors.
/// ```
struct Picture: Statement {
  let line: Int
  let alt: Wording
  let file: String

  static func read(
    _ nodes: inout ArraySlice<SourceNode>, _ reader: inout FileReader
  ) -> (any Statement)? {
    guard let node = nodes.first, let rest = node.text.after("picture ") else { return nil }
    nodes.removeFirst()
    let (file, words) = rest.cut(at: ":") ?? (rest, "")
    reader.checkPicture(file, words, line: node.line)
    return Picture(
      line: node.line, alt: reader.wording(words, lines: node.children, line: node.line),
      file: file)
  }

  var exits: [Exit] { [Exit(target: .next)] }

  func check(_ checker: inout ProgramChecker) {
    checker.check(alt)
  }

  var conditions: [Condition] { [] }

  var wordings: [Wording] { [alt] }

  func explore(_ visit: inout StateVisit) {
    visit.say(alt)
    visit.go(.next)
  }

  func run(_ run: inout TurnRun) -> Flow {
    run.show(file, alt: alt)
    return .next
  }
}

extension FileReader {
  /// Reports a picture whose file cannot be one, or that is not described.
  mutating func checkPicture(_ file: String, _ alt: String, line: Int) {
    let ends = [".png", ".jpg", ".jpeg"]
    let isName = file.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains($0))
    }
    if !isName || file.hasPrefix(".") || file.utf8.count > 80
      || !ends.contains(where: { file.hasSuffix($0) })
    {
      report(
        "E209", line, "“\(file)” cannot be a picture's file",
        fix: "write “picture name.png: what it shows”; .png and .jpg can be sent")
    } else if alt.isEmpty {
      report(
        "E201", line, "the picture is not described",
        fix: "write what it shows after the colon, for people who cannot see it")
    }
  }
}
