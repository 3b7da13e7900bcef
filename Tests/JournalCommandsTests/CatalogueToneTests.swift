import Foundation
import TestSupport
import Testing

/// Every sentence that Ebb can say, as it stands in the catalogues' sources: a new one is held
/// against the list of `Tone` without anybody having to think of it.
struct CatalogueToneTests {
  private static let folders = [
    "Client/JournalCommands/Messages", "Client/Insights", "Client/Insights/Questions",
    "Client/Insights/Review", "Shared/JournalModel/Practice",
  ]

  private static let files = folders.flatMap { folder in
    ((try? FileManager.default.contentsOfDirectory(atPath: ProjectFiles.root + "/" + folder)) ?? [])
      .filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
  }.sorted()

  /// Of disks, servers and options, these words say what is so.
  private static let ofMachines = ["recovery", "wrong", "must", "failed", "should", "because"]

  /// Catalogues that speak of machines, not of somebody.
  private static let aboutMachines = [
    "Account", "Export", "Help", "Import", "Searching", "Secrets", "Settings", "Storage", "Sync",
    "Topics", "Verify", "Writing",
  ].map { "Messages+\($0).swift" }

  @Test func `the catalogues are found`() {
    #expect(Self.files.count > 50)
    for name in Self.aboutMachines {
      #expect(Self.files.contains { $0.hasSuffix("/" + name) }, "\(name)")
    }
  }

  @Test(arguments: files)
  func `no sentence diagnoses, names causes, judges or promises`(file: String) throws {
    let source = try String(contentsOfFile: ProjectFiles.root + "/" + file, encoding: .utf8)
    let isAboutMachines = Self.aboutMachines.contains { file.hasSuffix("/" + $0) }
    for text in SwiftTexts(in: source).texts {
      // That nothing is a diagnosis has to be said once.
      let plain = text.replacing("Nothing here is a diagnosis", with: "")
      let refused = Tone.refusedWords(in: plain)
        .filter { !isAboutMachines || !Self.ofMachines.contains($0) }
      #expect(refused == [], "\(text)")
    }
  }

  @Test func `the texts of a source are read whole`() {
    let source = #"""
      // "not this"
      static let one = "a \"quoted\" \(count(3, "day")) b"
      static let two = "because " + "of"
        + " it"
      let long = """
        One \
        two\(x).
        """
      """#
    #expect(
      SwiftTexts(in: source).texts.map { $0.split(whereSeparator: \.isWhitespace) }.map {
        $0.joined(separator: " ")
      } == ["a \"quoted\" … b", "because of it", "One two…."])
  }
}
