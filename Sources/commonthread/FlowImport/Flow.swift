import HTTP

/// One flow of a RapidPro or TextIt export, as far as a conversation has a counterpart for it.
///
/// Written from the published format of versions 13 and 14: an export holds `flows` and `triggers`, a
/// flow its `nodes`, a node its `actions`, `router` and `exits`.
/// <https://textit.com/mr/docs/> and <https://textit.com/mr/docs/routing.html>
struct Flow {
  /// Why a file is no flow that can be read, in one sentence with the fix.
  struct Fault: Error {
    let sentence: String
  }

  /// One node.
  struct Node {
    let uuid: String
    let actions: [JSON]
    let router: Router?
    /// Where its exits lead; nil for the end.
    let exits: [(uuid: String, destination: String?)]
  }

  /// What picks one of a node's exits.
  struct Router {
    var isRandom: Bool
    var operand: String
    var cases: [Case]
    var categories: [Category]
    var defaultCategory: String
    var resultName: String
    /// Whether a reply is waited for.
    var waits: Bool
    /// How long is waited, in seconds, and what follows; nil for ever.
    var timeout: (seconds: Int, category: String)?
  }

  /// One test of a router.
  struct Case {
    let type: String
    let arguments: [String]
    let category: String
  }

  /// One outcome of a router.
  struct Category {
    let uuid: String
    let name: String
    let exit: String
  }

  /// The largest file that is read, in bytes, and the most nodes of a flow.
  static let limit = (bytes: 1 << 20, nodes: 500)

  let name: String
  /// The language of its texts, as the export spells it.
  let language: String
  /// After how much silence it ends, in minutes; nil where it does not say.
  let expiresAfterMinutes: Int?
  let nodes: [Node]
  /// The words that start it.
  let keywords: [String]
  private let localization: JSON?

  /// The flows of a file: an export, or one flow's definition.
  static func flows(in bytes: [UInt8]) throws(Fault) -> [Flow] {
    guard bytes.count <= limit.bytes else { throw Fault(sentence: "The file is over 1 MiB.") }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: bytes, limits: .init(depth: 32, values: 100_000))
    } catch {
      throw Fault(sentence: "This is no JSON (\(error)). Export the flow again.")
    }
    let list = json["flows"]?.array ?? (json["nodes"] == nil ? [] : [json])
    guard !list.isEmpty else {
      throw Fault(sentence: "There is no flow in it. Export a flow in version 13 or newer.")
    }
    var flows: [Flow] = []
    for flow in list { flows.append(try Flow(flow, triggers: json["triggers"]?.array ?? [])) }
    return flows
  }

  private init(_ json: JSON, triggers: [JSON]) throws(Fault) {
    let uuid = json["uuid"]?.string ?? ""
    name = json["name"]?.string ?? "A flow"
    guard let nodes = json["nodes"]?.array, !nodes.isEmpty, nodes.count <= Self.limit.nodes else {
      throw Fault(
        sentence: "“\(name.prefix(60))” has no nodes, or over \(Self.limit.nodes). "
          + "Export it in version 13 or newer.")
    }
    language = json["language"]?.string ?? ""
    expiresAfterMinutes = json["expire_after_minutes"]?.integer.flatMap { Int(exactly: $0) }
    self.nodes = nodes.map(Node.init)
    localization = json["localization"]
    keywords = triggers.filter { trigger in
      ["K", "keyword"].contains(trigger["trigger_type"]?.string ?? trigger["type"]?.string)
        && trigger["flow"]?["uuid"]?.string == uuid
    }.flatMap { trigger in
      (trigger["keywords"]?.array ?? [trigger["keyword"] ?? .null]).compactMap(\.string)
    }
  }

  /// The languages that it is translated into, as the export spells them.
  var translations: [String] { (localization?.members ?? []).map(\.name).filter { $0 != language } }

  /// What stands for a property of the thing with that id in a language; empty for nothing.
  func translated(_ uuid: String, _ property: String, into language: String) -> [String] {
    (localization?[language]?[uuid]?[property]?.array ?? []).compactMap(\.string)
  }
}

extension Flow.Node {
  init(_ json: JSON) {
    uuid = json["uuid"]?.string ?? ""
    actions = json["actions"]?.array ?? []
    router = json["router"].flatMap { $0.members == nil ? nil : Flow.Router($0) }
    exits = (json["exits"]?.array ?? []).map {
      ($0["uuid"]?.string ?? "", $0["destination_uuid"]?.string)
    }
  }

  /// Where it leads by that category; by its first exit for nil.
  func destination(of category: String?) -> String? {
    guard let category, let router else { return exits.first?.destination }
    let exit = router.categories.first { $0.uuid == category }?.exit
    return exits.first { $0.uuid == exit }?.destination
  }
}

extension Flow.Router {
  init(_ json: JSON) {
    isRandom = json["type"]?.string == "random"
    operand = json["operand"]?.string ?? ""
    cases = (json["cases"]?.array ?? []).map {
      Flow.Case(
        type: $0["type"]?.string ?? "", arguments: ($0["arguments"]?.array ?? []).map(\.words),
        category: $0["category_uuid"]?.string ?? "")
    }
    categories = (json["categories"]?.array ?? []).map {
      Flow.Category(
        uuid: $0["uuid"]?.string ?? "", name: $0["name"]?.string ?? "",
        exit: $0["exit_uuid"]?.string ?? "")
    }
    defaultCategory = json["default_category_uuid"]?.string ?? ""
    resultName = json["result_name"]?.string ?? ""
    waits = json["wait"]?.members != nil
    if let timeout = json["wait"]?["timeout"], let seconds = timeout["seconds"]?.integer {
      let seconds = Int(min(max(seconds, 60), 30 * 86_400))
      self.timeout = (seconds, timeout["category_uuid"]?.string ?? "")
    }
  }
}

extension JSON {
  /// A text, or a number as text; empty for anything else.
  fileprivate var words: String {
    string ?? integer.map { "\($0)" } ?? number.map { "\($0)" } ?? ""
  }

  /// The quick replies of a message: texts, or objects with a text since version 14.
  var quickReplies: [String] {
    (self["quick_replies"]?.array ?? []).compactMap { $0.string ?? $0["text"]?.string }
  }
}
