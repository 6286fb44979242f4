public struct Migration { public init(number: Int, name: String, sql: String) {} }
