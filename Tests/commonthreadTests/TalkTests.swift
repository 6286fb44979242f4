import Engine
import Foundation
import Messaging
import Testing

@testable import commonthread

extension ProcessTests {
  /// Conversations in a terminal, typed through a pipe.
  @Suite struct TalkTests {
    /// A conversation with choices, a translation, a reminder and an action.
    static let lift = """
      conversation: The lift
      owner: Repairs Team
      class: engagement
      start when they text: LIFT
      start from: resident, staff
      languages: en, cy
      answers: named
      forget after: 4 days

      step lift
        ask lift:
          Hello {first name or "there"}. Does the lift work?
          cy: Helo {first name or "chi"}. Ydy'r lifft yn gweithio?
          - yes: Yes, it does (also works) -> thanks
            cy: Ydy (also yn gweithio)
          - no: No (also stuck) -> report
            cy: Nac ydy
          not understood 2 times -> thanks
          remind after 1 day: Quick reminder. Does the lift work?
            cy: Nodyn atgoffa. Ydy'r lifft yn gweithio?
          no answer after 3 days -> finish

      step report
        set language cy:
          - set -> thanks
          - not offered -> thanks

      step thanks
        say: Thank you, that is all.
          cy: Diolch, dyna'r cyfan.
        end

      step finish
        end
      """

    /// A conversation that checks a code, and shows a picture.
    static let code = """
      conversation: A code
      owner: Front Desk
      class: service
      start when they text: CODE
      start from: resident
      languages: en
      answers: named
      forget after: 4 days

      step code
        picture letter.png: A letter with a code at the top
        ask code (words up to 20):
          Please text the code.
          no answer after 2 days -> finish
        check code {code}:
          - good -> good
          - used -> finish
          - unknown -> finish

      step good
        say: It is worth {voucher value}.
        end

      step finish
        say: Sorry, not this time.
        end
      """

    /// What is printed when these lines are typed.
    private func transcript(_ lines: [String], _ words: [String] = []) throws -> String {
      let landlord = try Landlord()
      try landlord.write(Self.lift, to: "conversations/lift.txt")
      try landlord.write(Self.code, to: "conversations/code.txt")
      try landlord.write(
        """
        { landlord: { name: "Elm Homes", phone: "01632 960 123", pencePerPart: 2.4 },
          conversations: "\(landlord.conversations)",
          channels: { phone: { provider: "simulator" } } }
        """, to: "talk.json5")
      let run = try CommandRun(
        ["talk"] + words + ["--config", landlord.folder + "/talk.json5"], in: landlord,
        input: lines.joined(separator: "\n") + "\n")
      #expect(run.status == 0)
      #expect(run.error == "")
      return run.out
    }

    @Test func `a reply, a reminder, what it cost and why it meant that`() throws {
      let out = try transcript(["LIFT", ":why", ":later 25 hours", "works fine", ":why", ":state"])
      #expect(
        out == """
          you> LIFT
            │ Elm Homes: Hello there. Does the lift work? 1
            │ Yes, it does 2 No
            ╰ 1 part, 63 of 160, 2.4p
          you> :why
            (Rule 4. It is the keyword LIFT of lift.)
          you> :later 25 hours
            (Wednesday 2026-11-25, 10:00)
            │ Elm Homes: Quick reminder. Does the lift work? 1
            │ Yes, it does 2 No
            ╰ 1 part, 66 of 160, 2.4p
            (Wednesday 2026-11-25, 11:00)
          you> works fine
            (answer lift is yes)
            │ Elm Homes: Thank you, that is all.
            ╰ 1 part, 34 of 160, 2.4p
          you> :why
            (Rule 3. The open question “lift” takes it for “yes”: the reply holds a phrase of that choice and of no other.)
          you> :state
            (Wednesday 2026-11-25, 11:00)
            (open: nothing)
            (building is Oak Tower, landlord is Elm Homes, nation is England, phone is 01632 960 123)
            (sent: 3 messages, 3 parts, 7.2p)

          """)
    }

    @Test func `WhatsApp has buttons and pictures, and the record another language`() throws {
      let out = try transcript([
        ":channel whatsapp", ":language cy", ":person first name is Sam", "LIFT", ":press 2",
        ":undo", ":press 1", "CODE", "x", "2",
      ])
      #expect(
        out == """
          you> :channel whatsapp
            (It goes on over whatsapp.)
          you> :language cy
            (The landlord's record says cy.)
          you> :person first name is Sam
            (first name is Sam)
          you> LIFT
            │ Elm Homes: Helo Sam. Ydy'r lifft yn gweithio?
            │ [ Ydy ] [ Nac ydy ]
            ╰ whatsapp
          you> :press 2
            (set language cy is set)
            (answer lift is no)
            │ Diolch, dyna'r cyfan.
            ╰ whatsapp
          you> :undo
            (Taken back.)
          you> :press 1
            (answer lift is yes)
            │ Diolch, dyna'r cyfan.
            ╰ whatsapp
          you> CODE
            │ [picture: A letter with a code at the top]
            ╰ whatsapp
            │ Elm Homes: Please text the code.
            ╰ whatsapp
          you> x
            (check code x)
            (What comes of it? 1 good  2 used  3 unknown (nothing for 1))
          outcome> 2
            (answer code is x)
            │ Sorry, not this time.
            ╰ whatsapp

          """)
    }

    @Test func `an outcome by its name, by default and pretended`() throws {
      let out = try transcript([
        "CODE", "x", "lost", "Good", "CODE", "x", "", ":pretend check code is used", "CODE", "x",
      ])
      #expect(out.contains("outcome> lost\n  (Type the number of one of them.)\noutcome> Good\n"))
      #expect(out.split(separator: "\n").count { $0.contains("It is worth 20 pounds.") } == 2)
      let end = "(check code x is used)\n  (answer code is x)\n  │ Sorry, not this time."
      #expect(out.contains(end))
    }

    @Test func `a text that costs more says because of what`() throws {
      let out = try transcript([":person first name is Łucja", "LIFT"])
      #expect(out.contains("1 part, 63 of 70 because of “Ł”, 2.4p"))
    }

    @Test func `staff start a conversation, at a step too, and timers wait for the morning`() throws
    {
      let out = try transcript(
        [":later 9pm", ":start lift thanks", ":start lift", ":later 24 hours", ":later 12 hours"],
        ["lift", "--language", "cy"])
      #expect(out.hasPrefix("  │ Elm Homes: Helo chi. Ydy'r lifft"))
      #expect(out.contains("you> :start lift thanks\n  │ Elm Homes: Diolch, dyna'r cyfan.\n"))
      #expect(out.contains("(Wednesday 2026-11-25, 21:00)\nyou> :later 12 hours\n"))
      #expect(out.contains("(Thursday 2026-11-26, 9:00)\n  │ Elm Homes: Nodyn atgoffa."))
    }

    @Test(arguments: [
      (":later", ":later 25 hours"), (":later soon", ":later 9am"), (":language Welsh", "cy"),
      (":channel pigeon", "whatsapp"), (":person shoe size is 9", "first name"),
      (":pretend check code is gone", "check code is used"), (":start nothing", "echo"),
      (":start lift nowhere", "thanks"), (":press 1", "no such button"), (":press", ":press 2"),
      (":why", "no reply"), (":undo", "nothing to take back"), (":what", ":help"), (":", ":help"),
    ])
    func `an order that cannot be followed says how it is written`(
      order: String, hint: String
    ) throws {
      let out = try transcript([order, ":quit", "LIFT"])
      #expect(out.hasPrefix("you> \(order)\n  ("))
      #expect(out.contains(hint))
      #expect(!out.contains("lift work"))
    }

    @Test func `help names every order`() throws {
      let out = try transcript([":help"])
      for order in ["later", "state", "why", "undo", "language", "channel", "person", "start"] {
        #expect(out.contains("(:\(order)"))
      }
    }
  }
}

@Suite struct TalkScreenTests {
  @Test(arguments: [
    (0, "0p"), (2.4, "2.4p"), (2.35, "2.35p"), (2.05, "2.05p"), (7.199_999_9, "7.2p"),
    (1e300, "1000000000p"), (-1, "0p"), (.nan, "0p"),
  ])
  func `an amount to a hundredth of a penny`(amount: Double, text: String) {
    #expect(TalkScreen.pence(amount) == text)
  }

  @Test func `words are broken between words, and a word that is too long stands alone`() {
    let long = String(repeating: "x", count: 60)
    #expect(TalkScreen.wrapped("a b\n\n\(long) c") == ["a b", "", long, "c"])
    #expect(TalkScreen.wrapped("") == [""])
  }

  @Test func `each channel shows its buttons, a list and pictures as its phones do`() {
    let screen = TalkScreen(isColoured: false, pencePerPart: 2.4)
    let choices = ["One", "Two", "Three", "Four"].map {
      OutboundMessage.Choice(id: $0.lowercased(), label: $0)
    }
    let picture = OutboundMessage.Picture(url: "a.png", alt: "A door")
    let message = Outgoing(
      text: "Which?", choices: choices, picture: picture, messageClass: .service,
      purpose: .progress)
    #expect(
      screen.lines(of: message, channel: "whatsapp") == [
        "  │ [picture: A door]", "  │ Which?", "  │ [ ≡ list ]", "  │   ○ One", "  │   ○ Two",
        "  │   ○ Three", "  │   ○ Four", "  ╰ whatsapp",
      ])
    #expect(
      screen.lines(of: message, channel: "telegram")[2] == "  │ [ One ] [ Two ] [ Three ] [ Four ]")
    #expect(screen.lines(of: message, channel: "sms").count == 3)
    #expect(screen.parts(of: message, channel: "whatsapp") == 0)
    let long = Outgoing(
      text: String(repeating: "a", count: 161), messageClass: .service, purpose: .progress)
    #expect(screen.lines(of: long, channel: "sms").last == "  ╰ 2 parts, 161 of 306, 4.8p")
  }

  @Test func `colours are only where they are shown, and a text cannot bring its own`() {
    let plain = TalkScreen(isColoured: false, pencePerPart: nil)
    let coloured = TalkScreen(isColoured: true, pencePerPart: nil)
    #expect(plain.note("a\u{1B}[31mb\u{9B}c") == "  (a[31mbc)")
    #expect(coloured.note("a") == "\u{1B}[2m  (a)\u{1B}[0m")
  }
}
