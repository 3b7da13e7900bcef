import Foundation
import Glibc
@testable import Interchange
import JournalModel

extension FuzzTarget {
  /// An archive, and every file in it that is not large.
  static let zip = FuzzTarget(name: "zip") { bytes in
    guard let archive = try? ZipArchive(bytes) else { return }
    for entry in archive.entries {
      guard let contents = try? archive.contents(of: entry, countMax: 1 << 20) else { continue }
      expect(contents.count == entry.count, "a file has the size that is told")
    }
  }

  /// A source for `ebb import`: the first byte chooses the format and the file's ending, the others
  /// are the file.
  static let imports = FuzzTarget(name: "imports") { bytes in
    guard let first = bytes.first, let place else { return }
    let (format, ending) = kinds[Int(first) % kinds.count]
    let path = place + "/source." + ending
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes.dropFirst())),
      let source = try? ImportSource(path: path)
    else { return }
    _ = try? ImportFormat.recognised(source)
    var known: Set<RecordID> = []
    var run = ImportRun(ImportSettings(now: 1_790_000_000_000, zones: .utc))
    try? run.read(source, as: format) { known.insert($0.change.record) }
    // The same again adds nothing.
    let count = known.count
    guard count > 0 else { return }
    var again = ImportRun(ImportSettings(now: 1_790_000_000_000, zones: .utc))
    try? again.read(source, as: format) { known.insert($0.change.record) }
    expect(known.count == count, "what was imported once is known")
  }

  private static let kinds: [(ImportFormat, ending: String)] = [
    (.dayone, "json"), (.dayone, "zip"), (.dayone, "doentry"), (.daylio, "csv"),
    (.daylio, "daylio"), (.daylio, "json"), (.jrnl, "txt"), (.jrnl, "json"), (.jsonl, "jsonl"),
    (.ebb, "json"), (.markdown, "md"), (.csv, "csv"),
  ]

  /// In memory, and gone with the machine's next start.
  private static let place: String? = {
    let path = "/dev/shm/ebb-fuzz-\(getpid())"
    let isMade =
      (try? FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)) != nil
    return isMade ? path : nil
  }()
}
