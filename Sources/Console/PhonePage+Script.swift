import HTTP

/// What the phone does beyond plain HTML: it sends without a reload, and replies come unasked.
extension PhonePage {
  /// The script, served at `/phone/phone.js`.
  public static let script = HTTPResponse.asset(type: "text/javascript", text: behaviour)

  /// What the page asks for the script with; it changes with the content.
  static let scriptVersion = version(of: behaviour)

  /// A short name of a content: its 64-bit FNV-1a hash.
  static func version(of text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return String(hash, radix: 16)
  }

  static let behaviour = #"""
    "use strict";
    (() => {
      const find = (id) => document.getElementById(id);
      const log = find("log"), list = find("messages"), latest = find("latest");
      const input = find("text"), count = find("count"), notice = find("notice");
      const composer = find("composer"), resident = composer.elements.as.value;
      const overlap = 8, shortest = 1000, longest = 10000;
      let timer = 0, wait = shortest, isSending = false, isOffline = false;

      // Markup comes from the server alone; here it is only moved into its place.
      const show = (fresh, cursor) => {
        const isAtEnd = log.scrollTop > -40;
        let place = cursor, isChanged = false;
        for (const item of [...fresh.children]) {
          const known = find(item.id);
          if (known) {
            known.lastElementChild.textContent = item.lastElementChild.textContent;
          } else {
            item.classList.add("new");
            if (place) place.after(item); else list.prepend(item);
            isChanged = true;
          }
          place = known || item;
        }
        isChanged = isChanged || list.dataset.waiting !== fresh.dataset.waiting;
        list.dataset.waiting = fresh.dataset.waiting;
        if (isChanged && isAtEnd) latest.scrollIntoView({ block: "nearest" });
      };

      const poll = async () => {
        clearTimeout(timer);
        const cursor = [...list.children].at(-overlap - 1);
        const query = new URLSearchParams({ as: resident, after: cursor ? cursor.dataset.id : "" });
        try {
          const answer = await fetch("/phone/messages?" + query, { cache: "no-store" });
          if (!answer.ok) throw new Error("status " + answer.status);
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          show(page.getElementById("messages"), cursor);
          wait = shortest;
          if (isOffline) notice.textContent = "";
          isOffline = false;
        } catch {
          wait = Math.min(wait * 2, longest);
          isOffline = true;
          notice.textContent = "Not connected. Trying again.";
        }
        clearTimeout(timer);
        timer = setTimeout(poll, document.hidden ? longest : wait);
      };

      const send = async (event) => {
        event.preventDefault();
        const form = event.target, word = event.submitter && event.submitter.value;
        if (word && !input.value) input.value = word;
        const text = word || input.value;
        if (isSending || !text.trim()) return;
        isSending = true;
        if (form === composer) input.focus();
        const body = new URLSearchParams(new FormData(form));
        body.set("text", text);
        let isTaken = false;
        try {
          // The answer to a text that was taken is a redirect, which nobody needs to follow here.
          const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
          isTaken = answer.ok || answer.type === "opaqueredirect";
        } catch {}
        isSending = false;
        notice.textContent = isTaken ? "" : "Your message was not sent. Please try again.";
        if (isTaken && input.value === text) input.value = "";
        measure();
        log.scrollTop = 0;
        poll();
      };

      // GSM 03.38: its characters count one, its extension two; anything else makes 16-bit units.
      const plain = /^[\n\r\f -_a-~£¥§¿¡¤€ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ]*$/;
      const measure = () => {
        const isPlain = plain.test(input.value);
        const doubled = isPlain ? (input.value.match(/[\f^{}\\[~\]|€]/g) || []).length : 0;
        const units = input.value.length + doubled;
        const [single, joined] = isPlain ? [160, 153] : [70, 67];
        count.textContent = units <= single
          ? `${units} of ${single} characters`
          : `${units} characters, ${Math.ceil(units / joined)} parts`;
      };

      for (const form of document.querySelectorAll(".sends")) form.addEventListener("submit", send);
      find("as").addEventListener("change", () => find("picker").requestSubmit());
      document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
      input.addEventListener("input", measure);
      find("as").title = "The phone becomes this person's as soon as you choose.";
      find("be").hidden = find("check").hidden = true;
      measure();
      poll();
    })();
    """#
}
