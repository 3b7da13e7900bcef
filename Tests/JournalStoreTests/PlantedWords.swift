import Foundation
import JournalModel
import JournalSealing
import OperationLog
import TestSupport
import Testing

@testable import JournalStore

/// A record whose words are easily looked for in files.
enum PlantedWords {
  /// Words that are in one place only: an older text, a title, a tag, a name, a lost sibling.
  static let all = [
    "Zwetschgenmus", "Quittenbaum", "Holunderbeere", "Schlehdornhecke", "Brombeerhag",
  ]

  /// What the present state has in the open.
  static let open = Set(all[1...3])

  /// All of it is one record; around it there is enough for the file to have many pages.
  static func plant(in store: JournalStore) throws -> RecordID {
    for number in 100..<160 {
      try store.write([try entry(number, String(repeating: "By the river \(number). ", count: 40))])
    }
    try store.write([
      try entry(1, "First \(all[0]).") {
        $0.title = all[1]
        $0.tags = [all[2]]
        $0.people = [all[3]]
      }
    ])
    let id = try recordID(1)
    try store.write(editing: id, setting(.text, .text("Second \(all[4]).")))
    try store.write(editing: id, setting(.text, .text("Third.")))
    for number in 160..<220 { try store.write([try entry(number, "Later \(number).")]) }
    return id
  }

  /// What older versions said is deflated: their payloads are looked for as they are.
  static func found(
    in folder: URL, _ payloads: [[UInt8]] = []
  ) throws -> (words: Set<String>, payloads: Int) {
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).compactMap {
      FileManager.default.contents(atPath: folder.path + "/" + $0)
    }
    let words = all.filter { word in
      // The index keeps words in small letters, and of neighbours what differs.
      [word, word.lowercased(), String(word.lowercased().dropFirst(2))].contains { form in
        files.contains { $0.range(of: Data(form.utf8)) != nil }
      }
    }
    return (
      Set(words),
      payloads.count { payload in files.contains { $0.range(of: Data(payload)) != nil } }
    )
  }

  static func payloads(of id: RecordID, in store: JournalStore) throws -> [[UInt8]] {
    try store.history(of: id).compactMap { version in
      try store.operations(
        of: version.id.device, version.id.sequence...version.id.sequence, limitOperations: 1,
        limitBytes: .max
      ).first?.payload
    }
  }
}
