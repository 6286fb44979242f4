/// The conversations that the language page shows, with the steps that it leaves out.
extension Fixtures {
  static let doorCheck = """
    conversation: Is your fire door working?
    owner: Resident Safety Team
    class: engagement
    start when they text: FIRE DOOR, DOOR CHECK
      cy: DRWS TAN
    start from: resident, staff, schedule
    languages: en, cy
    answers: named
    forget after: 4 days

    step ask
      ask door:
        Does your flat's front door shut by itself?
        cy: Ydy drws ffrynt eich fflat yn cau ar ei ben ei hun?
        - yes: Yes, it shuts (also shuts fine) -> thanks
          cy: Ydy (also ydi)
        - no: No (also stays open, broken) -> report
          cy: Nac ydy
        - unsure: Not sure (also dont know, dunno, no idea) -> how to check
          cy: Ddim yn siwr (also dwn im)
        not understood: Sorry, we did not get that.
          cy: Mae'n ddrwg gennym, wnaethon ni ddim deall.
        not understood 2 times -> person
        remind after 1 day: Quick reminder. Does your flat's front door shut by itself?
          cy: Nodyn atgoffa. Ydy drws ffrynt eich fflat yn cau ar ei ben ei hun?
        no answer after 3 days -> finish

    step how to check
      ask door again:
        Open the door halfway and let go. Does it shut?
        cy: Agorwch y drws hanner ffordd a gollyngwch. Ydy'n cau?
        - yes: Yes -> thanks
          cy: Ydy
        - no: No -> report
          cy: Nac ydy
        not understood 2 times -> person
        no answer after 3 days -> finish

    step report
      record request door: Front door does not shut by itself.
        - recorded -> told

    step told
      say: Thank you. That can let smoke in. We will come and look.
        cy: Diolch. Gall hynny adael mwg i mewn. Fe ddown i edrych.
      end

    step thanks
      say: Thank you, that is all.
        cy: Diolch, dyna'r cyfan.
      end

    step person
      hand over to Resident Safety Team: A reply about the front door was not understood.

    step finish
      end

    example not sure is not a no
      resident: fire door
      bot: ... Does your flat's front door shut by itself? ... 3 Not sure
      resident: Not sure tbh
      bot: Open the door halfway and let go. ...
      resident: Nope
      bot: Thank you. That can let smoke in. ...
      answer door again is no

    example a late reply after the reminder
      resident: FIRE DOOR
      bot: Does your flat's front door shut by itself? 1 Yes, it shuts 2 No 3 Not sure
      later: 25 hours
      bot: Quick reminder. ...
      resident: yess
      bot: Thank you, that is all.
      answer door is yes

    example silence, then a very late reply
      resident: FIRE DOOR
      bot: ...
      later: 2 days
      bot: Elm Homes: Quick reminder. ...
      later: 40 hours
      nothing is sent
      resident: no it stays open
      bot: ... We will come and look.
      later: 10 days
      nothing is sent

    example not understood twice reaches a person
      resident: FIRE DOOR
      bot: ...
      resident: purple
      bot: Sorry, we did not get that. 1 Yes, it shuts 2 No 3 Not sure
      resident: purple rain
      bot: Thank you. A person will read this and get back to you within one working day.
      handed over to Resident Safety Team
      resident: hello?
      nothing is sent

    example yn Gymraeg
      resident: drws tân
      bot: Ydy drws ffrynt eich fflat yn cau ar ei ben ei hun? 1 Ydy 2 Nac ydy 3 Ddim yn siwr
      resident: ydi
      bot: Diolch, dyna'r cyfan.

    example buttons where there are buttons
      channel: whatsapp
      resident: FIRE DOOR
      bot: Does your flat's front door shut by itself?
      resident: 2
      bot: Thank you. That can let smoke in. ...
    """

  static let goldenThread = """
    conversation: What is the golden thread?
    owner: Building Safety Manager
    class: safety
    start when they text: GOLDEN, THREAD, GOLDEN THREAD, SAFETY
      WHO, PAP -> who
      DOORS, DOOR -> doors
    start from: resident, staff
    languages: en
    answers: named
    forget after: 7 days

    step menu
      ask topic:
        The golden thread is your block's safety record. What would you like to know?
        - who: Who is in charge (also who, pap) -> who
        - doors: Fire doors (also door) -> doors
        - see: What I can ask to see (also records, ask) -> see
        - worry: I am worried about something (also worried, problem) -> worry
        not understood 2 times -> person
        no answer after 2 days -> finish

    step who
      say:
        The people who answer for {building or "your building"} are on the sign by the door.
        if accountable person is known: Their name is {accountable person}.
      end

    step doors
      say: A fire door holds back fire and smoke if it shuts.
      end

    step see
      say: You can ask to see the record.
      end

    step worry
      ask what (words up to 300):
        Please tell us in your own words. If there is a fire or someone is in danger, call 999 now.
        no answer after 2 days -> finish
      report danger: {what}
        - logged -> told

    step told
      say: Thank you. A person will read this today and text you back.
      hand over to Building Safety Manager: Resident's safety worry: {what}

    step person
      hand over to Building Safety Manager

    step finish
      end

    example a worry reaches a person in the resident's words
      pretend: report danger is logged
      resident: SAFETY
      bot: ... What would you like to know? ...
      resident: I'm worried
      bot: Please tell us in your own words. ...
      resident: the bin chute door on 4 wont close
      bot: Thank you. A person will read this today ...
      staff see: Resident's safety worry: the bin chute door on 4 wont close
      handed over to Building Safety Manager

    example a keyword goes straight to its step
      resident: Doors?
      bot: Elm Homes: A fire door holds back fire and smoke if it shuts.

    example who is in charge, when it is known
      person: accountable person is "Jo Lee"
      resident: PAP
      bot: The people who answer for Oak Tower are on the sign by the door. Their name is Jo Lee.
    """
}
