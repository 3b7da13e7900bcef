import Foundation
import TestSupport
import Testing

/// `ebb export jrnl`, `html` and `pdf`: for other programs to read and to print.
struct ReadableExportTests {
  private let machine: Machine

  init() async throws {
    machine = try Machine()
    _ = try await machine.mood("6", "calm", "--date", "2026-11-20", "--note", "quiet")
    _ = try await machine.write(
      "Went *home* by the river.\n[2020-01-01 10:00] no entry\n<script>x</script>", "--date",
      "2026-11-21 08:15", "--title", "River & rain", "--tag", "long walk", "--star")
  }

  @Test func `jrnl's text has dates in brackets, and tags as words`() async throws {
    let ended = try await machine.run(["export", "jrnl"])
    #expect(ended.exitCode == 0)
    #expect(
      ended.error == """
        jrnl has no place for some fields, which were left out: characters of tags (1 record). \
        `ebb backup` keeps everything.

        """)
    #expect(
      ended.output == """
        [2026-11-20] Mood 6 · calm
        Note: quiet

        [2026-11-21 08:15] River & rain *
        Went *home* by the river.
         [2020-01-01 10:00] no entry
        <script>x</script>

        #long_walk

        """)
  }

  @Test func `a page of HTML holds everything, and runs and fetches nothing`() async throws {
    let page = try await machine.ebb("export", "html")
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.hasSuffix("</nav>\n</body>\n</html>\n"))
    let main = try #require(page.range(of: "<main>\n"))
    #expect(
      page[main.lowerBound...].hasPrefix(
        """
        <main>
        <section id="m1">
        <h2>November 2026</h2>
        <h3>Friday, 20 November 2026</h3>
        <article dir="auto">
        <h4>Mood 6 · calm</h4>
        <p class="prose"><b>Note</b> quiet</p>
        </article>
        <h3>Saturday, 21 November 2026</h3>
        <article dir="auto">
        <h4><time>08:15</time> River &amp; rain</h4>
        <p>Went <em>home</em> by the river.<br>
        [2020-01-01 10:00] no entry<br>
        &lt;script&gt;x&lt;/script&gt;</p>
        <dl><dt>Starred</dt><dd>yes</dd><dt>Tags</dt><dd>long walk</dd></dl>
        </article>
        </section>
        </main>
        <nav id="contents" aria-label="Contents">
        <h2>Contents</h2>
        <ul>
        <li><a href="#m1">November 2026</a> <small>2 records</small></li>
        """))
    for word in ["<script", "src=", "@import", "url(", "http://", "https://"] {
      #expect(!page.contains(word))
    }
  }

  @Test func `a PDF is printed in a private folder, of which nothing stays`() async throws {
    // A program by the name of one that prints: it tells what it was given, and who could read it.
    let environment = try printer(
      """
      { printf '%%PDF-1.7\\n'; stat -c %a "$(dirname "$2")" "$2"; cat "$2"; } > "$3"
      """)
    let path = machine.path + "/journal.pdf"
    let told = try await machine.run(
      ["export", "pdf", "-o", path], environment: environment)
    #expect(told.exitCode == 0 && told.error == "")
    #expect(told.output == "Exported 1 entry and 1 mood log to \(path).\n")
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    #expect(text.hasPrefix("%PDF-1.7\n700\n600\n<!DOCTYPE html>"))
    #expect(text.contains("River &amp; rain"))
    #expect(try left() == [])
    let again = try await machine.run(["export", "pdf"], environment: environment)
    #expect(again.output == text)
  }

  @Test(arguments: [
    ("exit 3", "weasyprint could not print the PDF (it ended with 3)."),
    ("echo no >\"$3\"", "weasyprint could not print the PDF (it ended with 0)."),
  ])
  func `a printing program that fails leaves nothing`(
    script: String, sentence: String
  ) async throws {
    let path = machine.path + "/journal.pdf"
    let ended = try await machine.run(
      ["export", "pdf", "-o", path], environment: printer(script))
    #expect(ended.exitCode == 1 && ended.output == "")
    #expect(ended.error.hasPrefix(sentence))
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try left() == [])
  }

  @Test func `without a printing program it says what to install`() async throws {
    let ended = try await machine.run(["export", "pdf"], environment: ["PATH": machine.path])
    #expect(ended.exitCode == 1 && ended.output == "")
    #expect(ended.error.contains("install weasyprint, wkhtmltopdf, chromium or libreoffice"))
  }

  private var temporary: String { machine.path + "/tmp" }

  private func printer(_ script: String) throws -> [String: String] {
    let folder = machine.path + "/bin"
    for path in [folder, temporary] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    let program = folder + "/weasyprint"
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: program))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    return ["PATH": "\(folder):/usr/bin:/bin", "TMPDIR": temporary]
  }

  private func left() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: temporary)
  }
}
