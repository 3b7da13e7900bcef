internal import JournalStore

extension Messages {
  enum Storage {
    static func sentence(_ error: StoreError) -> String {
      let path = error.path
      return switch error.code {
      case .missing:
        "There is no journal at \(cutPath(path)) yet. `ebb write` begins one."
      case .foreign:
        "\(cutPath(path)) is not a journal of Ebb's, so it was not touched. Move it away, or set EBB_HOME "
          + "to another folder."
      case .damaged:
        "The journal at \(cutPath(path)) is damaged. `ebb doctor` repairs it as far as can be, and keeps the "
          + "damaged file."
      case .newerVersion(let version):
        "A later version of Ebb wrote the journal at \(cutPath(path)) (format \(version)), and nothing was "
          + "changed. Update Ebb on this machine."
      case .busy:
        "Another command is writing to the journal. Nothing was saved; try again in a moment."
      case .replaced:
        "The journal was repaired or put back meanwhile. Nothing was saved; try again."
      case .diskFull:
        "The disk is full, so nothing was saved; the journal is as it was. Make room and try again."
      case .noRoom(let bytes):
        "This needs about \(grouped(Int((bytes + 999_999) / 1_000_000))) MB of room on the disk that "
          + "holds \(cutPath(path)), and there is less. Nothing was begun; make room and try again."
      case .readOnly:
        "\(cutPath(path)) may not be written, so nothing was saved; the journal is as it was."
      case .cannotOpen:
        "\(cutPath(path)) cannot be opened\(reason(error)). Nothing was changed."
      case .inputOutput:
        "The disk failed at \(cutPath(path))\(reason(error)). What was saved before is there; whether this "
          + "was saved, `ebb` shows once the disk works again."
      case .exists:
        "\(cutPath(path)) is there already, and it was not touched. Choose another name."
      case .otherAccount:
        "This journal belongs to another account, and was not changed. Use an empty EBB_HOME for "
          + "the other one."
      case .sequencesUsedUp:
        "This device has made as many changes as one can."
      case .unexpected:
        Unexpected.error(error.reason ?? "the journal at \(path) failed")
      }
    }

    static func vanished(folder: String, _ trace: String) -> String {
      "The journal in \(folder) is gone or empty, though it has been synced from there. Nothing was "
        + "begun in its place. `ebb restore URL --account NAME` or `ebb restore BACKUP` brings it "
        + "back. If you removed it yourself, remove \(trace) there too."
    }

    private static func reason(_ error: StoreError) -> String {
      error.reason.map { ": \($0)" } ?? ""
    }
  }
}
