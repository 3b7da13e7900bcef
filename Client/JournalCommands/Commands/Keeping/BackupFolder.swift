internal import Glibc
internal import Interchange
internal import JournalModel

/// A folder of dated backups: `journal-2026-11-21.ebb`.
struct BackupFolder {
  let path: String

  /// `nil` if there is no such folder.
  var absolutePath: String? {
    SystemFiles.isFolder(path) ? SystemFiles.resolved(path) : nil
  }

  func path(of day: CivilDay) -> String {
    path + (path.hasSuffix("/") ? "" : "/") + Self.name(of: day)
  }

  /// Removes all but the latest so many up to a day, which is the last one's. Nothing but what has
  /// the name of a backup is touched, and nothing of a later day: a clock that was wrong made that.
  func keepLatest(_ count: Int, upTo day: CivilDay) throws {
    let last = Self.name(of: day)
    for name in try names().filter({ $0 <= last }).sorted().dropLast(count) {
      let file = path + "/" + name
      guard unlink(file) == 0 else {
        throw Failure(.disk, Messages.Backup.notRemoved(file, reason: SystemReason.now))
      }
    }
  }

  private func names() throws -> [String] {
    guard let names = SystemFiles.names(in: path) else {
      throw Failure(.disk, Messages.Files.unreadable(path: path, reason: SystemReason.now))
    }
    return names.filter(Self.isBackup)
  }

  private static let beginning = "journal-"
  private static let ending = ".ebb"

  private static func name(of day: CivilDay) -> String { beginning + day.description + ending }

  private static func isBackup(_ name: String) -> Bool {
    guard name.hasPrefix(beginning), name.hasSuffix(ending) else { return false }
    let day = name.dropFirst(beginning.count).dropLast(ending.count)
    return day.count == 10
      && day.enumerated().allSatisfy { place, character in
        place == 4 || place == 7 ? character == "-" : character.isASCII && character.isNumber
      }
  }
}
