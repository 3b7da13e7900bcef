internal import JournalModel

/// One page that needs nothing else: no script, no picture, no other file, and nothing that it
/// fetches.
///
/// The contents come last in the file, for only then all months are known, and are shown first.
struct HTMLExporter: Exporter {
  private(set) var leftOut: [String: Int] = [:]
  private let file: ExportFile
  private var months: [(name: String, anchor: String, count: Int)] = []
  private var day: CivilDay?
  private var number = 0

  init(_ file: ExportFile, _ settings: ExportSettings) throws {
    self.file = file
    try file.write(Self.head)
  }

  mutating func add(_ record: ExportedRecord) throws {
    guard let page = ReadablePage(record.state), let day = page.day else { return }
    try beginMonth(of: day)
    if day != self.day { try file.write("<h3>\(Self.name(of: day))</h3>\n") }
    self.day = day
    try file.write(Self.article(page))
    for register in record.state.registersWithoutPlace { leftOut[register, default: 0] += 1 }
  }

  mutating func finish() throws {
    var text = months.isEmpty ? "<p>There is nothing in it yet.</p>\n" : "</section>\n"
    text += "</main>\n"
    if !months.isEmpty {
      text += "<nav id=\"contents\" aria-label=\"Contents\">\n<h2>Contents</h2>\n<ul>\n"
      for month in months {
        let records = month.count == 1 ? "1 record" : "\(month.count) records"
        text +=
          "<li><a href=\"#\(month.anchor)\">\(month.name)</a> "
          + "<small>\(records)</small></li>\n"
      }
      text += "</ul>\n</nav>\n"
    }
    try file.write(text + "</body>\n</html>\n")
  }

  /// The trash comes last, so a month can begin twice.
  private mutating func beginMonth(of day: CivilDay) throws {
    if let last = self.day, last.year == day.year, last.month == day.month, !months.isEmpty {
      months[months.count - 1].count += 1
      return
    }
    number += 1
    let name = "\(Self.monthNames[day.month - 1]) \(day.year)"
    if !months.isEmpty { try file.write("</section>\n") }
    months.append((name, "m\(number)", 1))
    try file.write("<section id=\"m\(number)\">\n<h2>\(name)</h2>\n")
  }

  private static func article(_ page: ReadablePage) -> String {
    var text = "<article dir=\"auto\">\n"
    let clock = page.when.count > 10 ? String(page.when.dropFirst(11)) : ""
    let time = clock.isEmpty ? "" : "<time>\(HTMLText.escaped(clock))</time> "
    if !page.heading.isEmpty || !clock.isEmpty {
      text += "<h4>\(time)\(HTMLText.escaped(page.heading))</h4>\n"
    }
    if !page.body.isEmpty { text += HTMLMarkdown.html(page.body) }
    for prose in page.prose {
      text +=
        "<p class=\"prose\"><b>\(HTMLText.escaped(prose.label))</b> "
        + "\(HTMLText.withBreaks(prose.text))</p>\n"
    }
    if !page.lines.isEmpty {
      let items = page.lines.map {
        "<dt>\(HTMLText.escaped($0.label))</dt><dd>\(HTMLText.escaped($0.text))</dd>"
      }
      text += "<dl>" + items.joined() + "</dl>\n"
    }
    return text + "</article>\n"
  }

  private static func name(of day: CivilDay) -> String {
    "\(weekdayNames[day.weekday]), \(day.day) \(monthNames[day.month - 1]) \(day.year)"
  }

  private static let weekdayNames = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let monthNames = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static let head = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
    style-src 'unsafe-inline'">
    <title>Journal</title>
    <style>
    :root { color-scheme: light dark; --text: #222; --page: #fdfcf9; --quiet: #5f5b54;
      --line: #ddd8cf; --link: #1d4f91; }
    @media (prefers-color-scheme: dark) {
      :root { --text: #e6e2da; --page: #1b1a18; --quiet: #a8a297; --line: #3a3833; --link: #9cc1f0; }
    }
    body { display: flex; flex-direction: column; margin: 0 auto; padding: 1.5rem; max-width: 40rem;
      color: var(--text); background: var(--page); font: 1.06rem/1.6 Georgia, "Noto Serif", serif; }
    header { order: -2; } nav { order: -1; }
    h1, h2, h3, h4 { line-height: 1.25; font-weight: 600; }
    h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
    h3 { margin: 2rem 0 .5rem; font-size: 1rem; color: var(--quiet); }
    h4 { margin: 1rem 0 .25rem; font-size: 1.1rem; }
    h4 time { font-weight: 400; color: var(--quiet); }
    nav ul { columns: 12rem; padding: 0; list-style: none; }
    small, dl { color: var(--quiet); font-size: .85rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .5rem 0; }
    dt, dd { margin: 0; overflow-wrap: anywhere; }
    p, li, blockquote, h4 { overflow-wrap: anywhere; }
    a { color: var(--link); }
    blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); }
    pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); }
    pre, code { font: .9rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
    article { margin-bottom: 1.5rem; }
    @media print {
      :root { --text: #000; --page: #fff; --quiet: #444; --line: #bbb; --link: #000; }
      body { display: block; max-width: none; padding: 0; font-size: 11pt; }
      section { break-before: page; } h2, h3, h4 { break-after: avoid; }
      pre { white-space: pre-wrap; } a { text-decoration: none; }
      @page { margin: 2cm; }
    }
    </style>
    </head>
    <body>
    <header>
    <h1>Journal</h1>
    <p><a href="#contents">Contents</a></p>
    </header>
    <main>

    """
}
