private import Foundation

/// Files beside a journal that Ebb made of its words and does not remove by itself: what a repair
/// put aside, and what was written in an editor and not taken.
struct KeptFiles {
  /// Where the client keeps what is being written in an editor.
  private static let drafts = "drafts"
  private static let namesMax = 1_000

  private let folder: String
  /// Relative to the journal's folder, sorted.
  let names: [String]

  /// Those that are there.
  init(in folder: String) {
    let files = FileManager.default
    let beside = (try? files.contentsOfDirectory(atPath: folder)) ?? []
    let drafts = (try? files.contentsOfDirectory(atPath: folder + "/" + Self.drafts)) ?? []
    let copies = beside.filter { name in
      name.hasPrefix("journal.sqlite.") && (name.contains(".damaged-") || name.hasSuffix(".part"))
    }
    self.init(names: copies + drafts.map { Self.drafts + "/" + $0 }, in: folder)
  }

  /// Those that were noted before.
  init(_ encoded: [UInt8], in folder: String) {
    let text = String(decoding: encoded, as: UTF8.self)
    self.init(names: text.split(separator: "\n").map(String.init), in: folder)
  }

  private init(names: [String], in folder: String) {
    self.folder = folder
    self.names = Array(Set(names).sorted().prefix(Self.namesMax))
  }

  var encoded: [UInt8] { Array(names.joined(separator: "\n").utf8) }

  /// The paths of those that are still there.
  var remaining: [String] {
    names.map { folder + "/" + $0 }.filter { access($0, F_OK) == 0 }
  }

  func adding(_ other: KeptFiles) -> KeptFiles {
    KeptFiles(names: names + other.names, in: folder)
  }
}
