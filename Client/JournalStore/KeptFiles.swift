private import Foundation

/// Files beside a journal that Ebb made of its words and does not remove by itself: what a repair
/// put aside, and what was written in an editor and not taken.
struct KeptFiles {
  /// Where the client keeps what is being written in an editor.
  private static let drafts = "drafts"
  private static let namesMax = 1_000
  private static let damagedMark = ".damaged-"

  private let folder: String
  /// Relative to the journal's folder, sorted.
  let names: [String]

  /// Those that are there.
  init(in folder: String) {
    let files = FileManager.default
    let beside = (try? files.contentsOfDirectory(atPath: folder)) ?? []
    let drafts = (try? files.contentsOfDirectory(atPath: folder + "/" + Self.drafts)) ?? []
    let copies = beside.filter { name in
      name.hasPrefix("journal.sqlite.")
        && (name.contains(Self.damagedMark) || name.hasSuffix(".part"))
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

  /// Where a damaged journal is kept; no file has that name yet.
  ///
  /// - Parameter milliseconds: Unix time, which the name tells in UTC.
  static func freeName(beside path: String, at milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let digits = [
      Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour),
      Int(parts.tm_min), Int(parts.tm_sec),
    ].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let name = "\(path)\(damagedMark)\(digits[..<3].joined())T\(digits[3...].joined())Z"
    var candidate = name
    var number = 2
    while access(candidate, F_OK) == 0 || access(candidate + "-journal", F_OK) == 0 {
      candidate = "\(name)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Keeps what a crash has left beside a journal, which must never meet the next one: SQLite would
  /// play it into that.
  static func keepRollbackJournal(of path: String, as kept: String) throws {
    let left = path + "-journal"
    var status = stat()
    guard stat(left, &status) == 0 else { return }
    guard (status.st_size > 0 ? rename(left, kept + "-journal") : unlink(left)) == 0 else {
      throw StoreError(systemError: errno, path: path)
    }
  }

  var encoded: [UInt8] { Array(names.joined(separator: "\n").utf8) }

  /// The paths of damaged journals.
  var damaged: [String] {
    names.filter { $0.contains(Self.damagedMark) }.map { folder + "/" + $0 }
  }

  /// The paths of those that are still there.
  var remaining: [String] {
    names.map { folder + "/" + $0 }.filter { access($0, F_OK) == 0 }
  }

  func adding(_ other: KeptFiles) -> KeptFiles {
    KeptFiles(names: names + other.names, in: folder)
  }
}
