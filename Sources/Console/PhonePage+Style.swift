import HTTP

/// How the phone looks: drawn in CSS alone, light or dark as the reader's system is.
extension PhonePage {
  /// The stylesheet, served at `/phone/phone.css`.
  public static let stylesheet = HTTPResponse.asset(type: "text/css", text: styles)

  /// What the page asks for the stylesheet with; it changes with the content.
  static let stylesheetVersion = version(of: styles)

  static let styles = #"""
    :root {
      color-scheme: light dark;
      --table: #f2ebe0;
      --ink: #2c2621;
      --quiet: #655a4f;
      --case: #453c35;
      --edge: #5b5048;
      --screen: #fffdf9;
      --theirs: #efe6d8;
      --mine: #1c5f57;
      --on-mine: #ffffff;
      --line: #8c7f71;
      --accent: #1c5f57;
      --on-accent: #ffffff;
      --warning: #9b2c1a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --table: #191614;
        --ink: #f3ece2;
        --quiet: #b9ada0;
        --case: #3d362f;
        --edge: #544b42;
        --screen: #24201c;
        --theirs: #383129;
        --mine: #2c665d;
        --on-mine: #ffffff;
        --line: #8f8375;
        --accent: #9fd6cb;
        --on-accent: #0f2522;
        --warning: #ffb4a3;
      }
    }

    * { box-sizing: border-box; }
    body {
      margin: 0;
      background: var(--table);
      color: var(--ink);
      font: 1rem/1.45 system-ui, sans-serif;
      overflow-wrap: anywhere;
    }
    h1, h2, p, ol, ul { margin: 0; padding: 0; }
    h1 { font-size: 1.05rem; line-height: 1.2; }
    h2 { font-size: 1.1rem; }
    ol, ul { list-style: none; }
    a { color: var(--accent); }
    [hidden] { display: none !important; }
    button, select, input { font: inherit; color: inherit; min-height: 2.75rem; }
    select, input {
      min-width: 0;
      border: 1px solid var(--line);
      border-radius: 1.4rem;
      background: var(--screen);
      padding: 0 0.9rem;
    }
    select { text-overflow: ellipsis; }
    ::placeholder { color: var(--quiet); opacity: 1; }
    button {
      border: 1px solid var(--accent);
      border-radius: 1.4rem;
      background: var(--screen);
      color: var(--accent);
      padding: 0 0.9rem;
      font-weight: 600;
      cursor: pointer;
    }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .skip { position: absolute; left: -99rem; }
    .skip:focus {
      left: 0.5rem;
      top: 0.5rem;
      z-index: 1;
      padding: 0.5rem;
      background: var(--screen);
    }
    .heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }

    main {
      display: grid;
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      height: 100vh;
      height: 100dvh;
      min-height: 34rem;
    }
    .who { padding: 0.6rem 0.75rem; }
    .more, .words { display: none; }
    .told { color: var(--quiet); font-size: 0.875rem; }
    .picker {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem 0.5rem;
      align-items: center;
      margin-top: 0.4rem;
    }
    .picker select { flex: 1 1 9rem; }

    .phone, .screen { display: flex; flex-direction: column; min-height: 0; }
    .screen { flex: 1; background: var(--screen); position: relative; }
    header {
      display: flex;
      flex-wrap: wrap;
      gap: 0.15rem 0.6rem;
      align-items: center;
      padding: 0.6rem 0.9rem;
      border-bottom: 1px solid var(--theirs);
    }
    header p { flex: 1; color: var(--quiet); font-size: 0.875rem; line-height: 1.25; }
    header strong { display: block; color: var(--ink); font-size: 1rem; }
    header a { font-size: 0.875rem; padding: 0.6rem 0; }
    .face {
      display: grid;
      place-items: center;
      width: 2.4rem;
      height: 2.4rem;
      border-radius: 50%;
      background: var(--accent);
      color: var(--on-accent);
      font-weight: 700;
    }

    .log {
      display: flex;
      flex-direction: column-reverse;
      flex: 1;
      min-height: 0;
      overflow-y: auto;
      padding: 0.9rem;
    }
    .log:focus-visible { outline-offset: -3px; }
    ol { display: flex; flex-direction: column; gap: 0.6rem; }
    li.theirs, li.mine { position: relative; max-width: 85%; }
    li.theirs { align-self: flex-start; }
    li.mine { align-self: flex-end; text-align: end; }
    ol bdi {
      display: block;
      width: fit-content;
      border: 1px solid transparent;
      border-radius: 1.1rem;
      padding: 0.5rem 0.8rem;
      text-align: start;
      white-space: pre-wrap;
      unicode-bidi: isolate;
    }
    ol bdi:lang(ur) { line-height: 2; }
    .theirs bdi { background: var(--theirs); border-end-start-radius: 0.3rem; }
    .mine bdi {
      margin-inline-start: auto;
      border-end-end-radius: 0.3rem;
      background: var(--mine);
      color: var(--on-mine);
    }
    small { display: block; margin: 0.15rem 0.5rem 0; color: var(--quiet); font-size: 0.8125rem; }
    .empty, .waiting { display: none; color: var(--quiet); text-align: center; padding: 1rem; }
    .waiting { text-align: start; padding: 0.6rem 0.5rem 0; }
    ol:empty + .empty, ol[data-waiting="yes"] ~ .waiting { display: block; }
    @media (prefers-reduced-motion: no-preference) {
      .waiting span { animation: breathe 0.8s ease-in-out infinite alternate; }
      li.new { animation: rise 0.2s ease-out; }
      @keyframes breathe { to { opacity: 0.2; } }
      @keyframes rise { from { opacity: 0; translate: 0 0.5rem; } }
    }

    .notice { color: var(--warning); font-weight: 600; padding: 0.4rem 0.9rem; }
    .notice:empty { display: none; }
    .strip { display: flex; flex-wrap: wrap; gap: 0.4rem; padding: 0.5rem 0.75rem 0; }
    .strip button { padding: 0 0.75rem; font-size: 0.875rem; }
    .composer {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0.25rem 0.5rem;
      padding: 0.6rem 0.75rem 0.75rem;
    }
    .composer label, .count {
      grid-column: 1 / -1;
      color: var(--quiet);
      font-size: 0.8125rem;
      padding: 0 0.5rem;
    }
    .count { min-height: 1.2rem; }
    .composer button { background: var(--accent); color: var(--on-accent); }

    @media (min-width: 48rem) {
      body { display: grid; align-content: center; min-height: 100vh; }
      main {
        grid-template: "who phone" auto "words phone" 1fr / minmax(16rem, 21rem) 24rem;
        gap: 1.5rem clamp(2rem, 6vw, 5rem);
        justify-content: center;
        height: auto;
        padding: 1.5rem;
      }
      h1 { font-size: 1.9rem; margin-bottom: 0.75rem; }
      .who { grid-area: who; padding: 2rem 0 0; }
      .told { color: var(--ink); font-size: 1.1rem; }
      .picker { margin: 1.5rem 0 1rem; }
      .picker label { flex-basis: 100%; font-weight: 600; }
      .picker select { flex-basis: 100%; }
      .more { display: block; color: var(--quiet); }
      .words { display: block; grid-area: words; }
      .words li {
        display: grid;
        grid-template-columns: minmax(7.75rem, max-content) 1fr;
        align-items: center;
        gap: 0.6rem;
        margin-top: 0.6rem;
        color: var(--quiet);
        line-height: 1.3;
      }
      .words button { justify-self: start; }
      .strip { display: none; }
      .phone {
        grid-area: phone;
        position: relative;
        height: clamp(34rem, 100vh - 3rem, 50rem);
        padding: 1.9rem 0.7rem 0.8rem;
        border: 2px solid var(--edge);
        border-radius: 2.9rem;
        background: var(--case);
        box-shadow: 0 1.2rem 2.5rem rgb(0 0 0 / 0.22);
      }
      .phone::before {
        content: "";
        position: absolute;
        top: 0.8rem;
        left: calc(50% - 1.75rem);
        width: 3.5rem;
        height: 0.35rem;
        border-radius: 0.2rem;
        background: var(--edge);
      }
      .screen { border-radius: 2.2rem; overflow: hidden; }
      header { padding: 0.9rem 1.2rem 0.7rem; }
      .composer { padding: 0.6rem 1rem 1rem; }
    }
    """#
}
