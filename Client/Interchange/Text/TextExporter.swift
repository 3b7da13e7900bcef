internal import JournalModel

/// Plain text to read and print: a heading with date and title, what else there is, and the text.
struct TextExporter: Exporter {
  private(set) var leftOut: [String: Int] = [:]
  private let file: ExportFile
  private var isFirst = true

  init(_ file: ExportFile, _ settings: ExportSettings) throws {
    self.file = file
  }

  mutating func add(_ record: ExportedRecord) throws {
    guard let page = ReadablePage(record.state) else { return }
    if !isFirst { try file.write("\n\n") }
    isFirst = false
    let heading = [page.when, page.heading].filter { !$0.isEmpty }.joined(separator: "  ")
    try file.write(heading + "\n" + String(repeating: "-", count: min(heading.count, 72)) + "\n")
    for line in page.lines { try file.write("\(line.label): \(line.text)\n") }
    if !page.body.isEmpty {
      try file.write((page.lines.isEmpty ? "" : "\n") + page.body + "\n")
    }
    for prose in page.prose { try file.write("\n\(prose.label): \(prose.text)\n") }
  }

  mutating func finish() throws {}
}
