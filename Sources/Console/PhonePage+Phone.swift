import Messaging

/// The handset: the conversation, and the box to write in.
extension PhonePage {
  static func phone(_ view: PhoneView) -> HTML {
    """
    <section class="phone" aria-label="The phone of \(view.selected.name)">
    <div class="screen">
    <header>
    <span class="face" aria-hidden="true">\(String(view.landlord.prefix(1)))</span>
    <p><strong><bdi>\(view.landlord)</bdi></strong> <bdi>\(view.number)</bdi></p>
    <a id="check" href="\(path(as: view.selected.address))">Check for replies</a>
    </header>
    <div class="log" id="log" role="log" aria-live="polite" aria-relevant="additions" \
    aria-label="Messages with \(view.landlord)" tabindex="0">
    <div>
    \(list(view))
    <p class="empty">No messages yet. Send a word to begin.</p>
    <p class="waiting">\(view.landlord) is writing<span aria-hidden="true">…</span></p>
    <div id="latest"></div>
    </div>
    </div>
    <p class="notice" id="notice" role="alert">\(view.notice ?? "")</p>
    \(strip(view))
    <form class="sends composer" id="composer" method="post" action="/phone/send">
    \(hiddenFields(view))
    <label for="text">Your message to \(view.landlord)</label>
    <input id="text" name="text" type="text" required maxlength="1600" dir="auto" \
    autocomplete="off" enterkeyhint="send" placeholder="Text message" aria-describedby="count">
    <button>Send</button>
    <p class="count" id="count"></p>
    </form>
    </div>
    </section>
    """
  }

  /// The bubbles, and in `data-waiting` whether more are expected; empty inside for no bubbles.
  static func list(_ view: PhoneView) -> HTML {
    """
    <ol id="messages" data-waiting="\(view.isWaiting ? "yes" : "no")">\
    \(view.messages.map { bubble($0, landlord: view.landlord) })</ol>
    """
  }

  /// Who the form speaks for, and the proof that it is ours.
  static func hiddenFields(_ view: PhoneView) -> HTML {
    """
    <input type="hidden" name="as" value="\(view.selected.address.text)">
    <input type="hidden" name="csrf" value="\(view.csrf)">
    """
  }

  private static func bubble(_ message: PhoneMessage, landlord: String) -> HTML {
    let isOurs = message.direction == .outbound
    return """
      <li id="m-\(message.id)" data-id="\(message.id)" class="\(isOurs ? "theirs" : "mine")">\
      <span class="heard">\(isOurs ? landlord : "You"): </span>\
      <bdi dir="auto" lang="\(message.language ?? "")">\(message.text)</bdi>\
      <small>\(note(under: message))</small></li>
      """
  }

  private static func note(under message: PhoneMessage) -> String {
    var notes = [message.time]
    if message.direction == .outbound {
      notes.append(message.parts == 1 ? "1 part" : "\(message.parts) parts")
    }
    if !message.status.isEmpty { notes.append(message.status) }
    return notes.joined(separator: " · ")
  }

  /// The words above the message box, where the screen has no room for a panel beside the phone.
  private static func strip(_ view: PhoneView) -> HTML? {
    guard !view.hints.isEmpty else { return nil }
    return """
      <form class="sends strip" method="post" action="/phone/send" aria-label="Words to try">
      \(hiddenFields(view))
      \(view.hints.map(button(sending:)))</form>
      """
  }

  /// What sends a word at a touch, with or without a script.
  static func button(sending hint: PhoneHint) -> HTML {
    "<button name=\"text\" value=\"\(hint.word)\">\(hint.word)</button>\n"
  }
}
