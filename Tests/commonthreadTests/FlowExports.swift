/// Flows in the published format, made for the tests.
enum FlowExports {
  /// A flow with a choice, a number, a branch, groups, a ticket, a translation and a web call.
  static let welcome = node(
    [
      #"{"uuid":"n1","actions":[{"uuid":"a1","type":"send_msg","text":"Hi @contact.first_name! Do you rent from us?","quick_replies":["Yes","No"]}],"exits":[{"uuid":"e1","destination_uuid":"n2"}]}"#,
      #"""
      {"uuid":"n2","actions":[],"router":{"type":"switch","operand":"@input.text","result_name":"Rents",
        "wait":{"type":"msg","timeout":{"seconds":7200,"category_uuid":"c4"}},
        "cases":[{"uuid":"x1","type":"has_any_word","arguments":["yes yeah 1"],"category_uuid":"c1"},
          {"uuid":"x2","type":"has_phrase","arguments":["no"],"category_uuid":"c2"}],
        "categories":[{"uuid":"c1","name":"Yes","exit_uuid":"e2"},{"uuid":"c2","name":"No","exit_uuid":"e3"},
          {"uuid":"c3","name":"Other","exit_uuid":"e4"},{"uuid":"c4","name":"No Response","exit_uuid":"e5"}],
        "default_category_uuid":"c3"},
       "exits":[{"uuid":"e2","destination_uuid":"n4"},{"uuid":"e3","destination_uuid":"n6"},
         {"uuid":"e4","destination_uuid":"n3"},{"uuid":"e5","destination_uuid":null}]}
      """#,
      #"{"uuid":"n3","actions":[{"uuid":"a3","type":"send_msg","text":"Sorry, yes or no?"}],"exits":[{"uuid":"e6","destination_uuid":"n2"}]}"#,
      #"""
      {"uuid":"n4","actions":[{"uuid":"a4","type":"send_msg","text":"How many live with you?"}],
       "router":{"type":"switch","operand":"@input.text","result_name":"People","wait":{"type":"msg"},
        "cases":[{"uuid":"x3","type":"has_number_between","arguments":["1","2"],"category_uuid":"c5"},
          {"uuid":"x4","type":"has_number_between","arguments":["3","12"],"category_uuid":"c6"},
          {"uuid":"x5","type":"has_pattern","arguments":["^x$"],"category_uuid":"c6"}],
        "categories":[{"uuid":"c5","name":"Few","exit_uuid":"e7"},{"uuid":"c6","name":"Many","exit_uuid":"e8"},
          {"uuid":"c7","name":"Other","exit_uuid":"e9"}],"default_category_uuid":"c7"},
       "exits":[{"uuid":"e7","destination_uuid":"n5"},{"uuid":"e8","destination_uuid":"n5"},
         {"uuid":"e9","destination_uuid":"n6"}]}
      """#,
      #"{"uuid":"n5","actions":[{"uuid":"a5","type":"add_contact_groups","groups":[{"uuid":"g","name":"Tenants"}]},{"uuid":"a6","type":"call_webhook","url":"https://a.example"},{"uuid":"a7","type":"send_msg","text":"Thank you. That is @results.people of you.\nSee you @ the hall."}],"exits":[{"uuid":"e10","destination_uuid":null}]}"#,
      #"{"uuid":"n6","actions":[{"uuid":"a8","type":"open_ticket","note":"Not a tenant?"}],"exits":[{"uuid":"e11","destination_uuid":null}]}"#,
    ],
    localization: #"""
      {"cym":{"a1":{"text":["Helo @contact.first_name! Ydych chi'n rhentu?"],"quick_replies":["Ydw","Nac ydw"]},
        "a3":{"text":["Sori, ydw neu nac ydw?"]},"a4":{"text":["Faint sy'n byw gyda chi?"]},
        "a7":{"text":["Diolch. @results.people ohonoch."]}},
       "pol":{"a1":{"text":["Czesc!"]}}}
      """#)

  /// An export with one flow of these nodes.
  static func node(_ nodes: [String], localization: String = "{}") -> String {
    """
    {"version":"13","site":"https://textit.com","flows":[{"uuid":"f1","name":"Welcome","language":"eng",
      "type":"messaging","spec_version":"13.1.0","expire_after_minutes":1440,
      "localization":\(localization),"nodes":[\(nodes.joined(separator: ",\n"))]}],
     "triggers":[{"trigger_type":"K","keyword":"hello","flow":{"uuid":"f1","name":"Welcome"}}],
     "campaigns":[],"fields":[],"groups":[]}
    """
  }

  /// A node of actions that leads on.
  static func actions(_ actions: String, then destination: String = "null") -> String {
    #"{"uuid":"n","actions":[\#(actions)],"exits":[{"uuid":"e","destination_uuid":\#(destination)}]}"#
  }
}
