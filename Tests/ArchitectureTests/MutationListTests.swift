import Foundation
import TestSupport
import Testing

/// `Tests/Mutations/mutations.txt` speaks of the code as it is: `scripts/mutate` can plant each.
@Suite struct MutationListTests {
  @Test func `what each fault replaces stands once in its file`() throws {
    let mutations = try PlannedMutation.all()
    #expect(mutations.count >= 30)
    #expect(Set(mutations.map(\.name)).count == mutations.count)
    for mutation in mutations {
      let text = try String(
        contentsOfFile: ProjectFiles.root + "/" + mutation.file, encoding: .utf8)
      let places = text.components(separatedBy: mutation.anchor)
      #expect(places.count == 2, "\(mutation.name): \(mutation.anchor)")
      #expect(
        places.last?.contains(mutation.old) == true || mutation.after == nil, "\(mutation.name)")
      // An expression makes way for another one as a whole.
      if !mutation.new.isEmpty {
        #expect(places.first?.hasSuffix(".") == false || mutation.after != nil, "\(mutation.name)")
        #expect(!mutation.old.hasPrefix("return "), "\(mutation.name)")
      }
    }
  }

  @Test func `each says why it is a fault, and which tests notice it`() throws {
    let targets = try FileManager.default.contentsOfDirectory(
      atPath: ProjectFiles.root + "/Tests")
    for mutation in try PlannedMutation.all() {
      #expect(mutation.why.hasSuffix("."), "\(mutation.name)")
      #expect(mutation.old != mutation.new && !mutation.old.isEmpty, "\(mutation.name)")
      #expect(!mutation.tests.isEmpty, "\(mutation.name)")
      for test in mutation.tests {
        #expect(test.hasSuffix("Tests") && targets.contains(test), "\(mutation.name): \(test)")
      }
    }
  }
}

/// An entry of the list.
private struct PlannedMutation {
  let name: String
  let file: String
  let why: String
  /// What stands before `old`, where that does not stand once.
  let after: String?
  let old: String
  let new: String
  let tests: [String]

  /// What has to stand once in the file.
  var anchor: String { after ?? old }

  static func all() throws -> [PlannedMutation] {
    let text = try String(
      contentsOfFile: ProjectFiles.root + "/Tests/Mutations/mutations.txt", encoding: .utf8)
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    return try lines.split { $0.hasPrefix("tests: ") }.enumerated().map { number, entry in
      let tests = lines.filter { $0.hasPrefix("tests: ") }[number]
      return try PlannedMutation(Array(entry), tests: tests)
    }
  }

  private init(_ lines: [Substring], tests: Substring) throws {
    func rest(_ line: Substring, after start: String) throws -> String {
      try #require(line.hasPrefix(start), "\(line)")
      return String(line.dropFirst(start.count))
    }
    try #require(lines.count == 5 || lines.count == 6, "\(lines)")
    name = try rest(lines[0], after: "== ")
    file = String(lines[1])
    why = String(lines[2])
    after = lines.count == 6 ? try rest(lines[3], after: "after: ") : nil
    old = try rest(lines[lines.count - 2], after: "- ")
    new = String(try rest(lines[lines.count - 1], after: "+").dropFirst())
    self.tests = tests.dropFirst("tests: ".count).split(separator: " ").map(String.init)
  }
}
