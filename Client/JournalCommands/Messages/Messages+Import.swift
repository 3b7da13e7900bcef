internal import Interchange
internal import JournalModel

extension Messages {
  enum Import {
    static let aSource = "a file or folder to read"

    static let interrupted = "Stopped. Nothing was imported, and the journal is as it was."

    static func importing(_ count: Int) -> String { "Importing… \(grouped(count))" }

    static func unknownFormat(_ text: String, nearest: String?) -> String {
      "There is no format \(Messages.quoted(text))"
        + (nearest.map { "; did you mean \($0)?" } ?? ".")
        + " It is \(list(ImportFormat.allCases.map(\.rawValue), "or"))."
    }

    static func unknownEncoding(_ text: String) -> String {
      "There is no encoding \(Messages.quoted(text)). It is "
        + "\(list(TextEncoding.allCases.map(\.rawValue), "or"))."
    }

    /// - Parameter differing: the ids of some that say something else here.
    static func done(
      _ tally: ImportTally, differing: [String], hasFaults: Bool, isDryRun: Bool
    ) -> String {
      let known = tally.knownCount
      guard tally.addedCount > 0 else {
        if known == 0 && hasFaults {
          return isDryRun ? "Nothing would be imported." : "Nothing was imported."
        }
        return known == 0
          ? "There was nothing to import."
          : "Nothing new: \(count(known, "record")) \(known == 1 ? "is" : "are") known already."
            + whatIsKnown(tally, differing)
      }
      return (isDryRun ? "This would import " : "Imported ") + list(counts(tally.addedByKind)) + "."
        + (known == 0 ? "" : " \(grouped(known)) \(known == 1 ? "was" : "were") known already.")
        + whatIsKnown(tally, differing) + (isDryRun ? " Nothing was written." : "")
    }

    /// Where those are that are not simply here.
    private static func whatIsKnown(_ tally: ImportTally, _ differing: [String]) -> String {
      func those(_ number: Int, _ one: String, _ many: String, _ names: [String] = []) -> String? {
        guard number > 0 else { return nil }
        let named = names + (number > names.count ? ["\(grouped(number - names.count)) more"] : [])
        return " \(grouped(number)) of them \(number == 1 ? one : many)"
          + (names.isEmpty ? "." : ": \(list(named)).")
      }
      return [
        those(
          tally.differingCount, "says something else here, and stays so",
          "say something else here, and stay so", differing),
        those(
          tally.trashedCount, "is in the trash (`ebb undelete`)",
          "are in the trash (`ebb undelete`)"),
        those(
          tally.erasedCount, "was erased, and is not brought back",
          "were erased, and are not brought back"),
      ].compactMap { $0 }.joined()
    }
  }
}

// Why nothing of a source was taken.
extension Messages.Import {
  static func sentence(_ error: ImportError) -> String {
    why(error) + " Nothing was imported."
  }

  private static func why(_ error: ImportError) -> String {
    switch error {
    case .unreadable(let path, let code):
      "\(Messages.cutPath(path)) cannot be read: \(SystemReason.text(code))."
    case .neitherFileNorFolder(let path):
      "\(Messages.cutPath(path)) is neither a file nor a folder: save what it gives in a file first."
    case .notRecognised(let path, nil):
      "\(Messages.cutPath(path)) is nothing that Ebb knows how to import. If you know what it is, say so: "
        + "--format \(Messages.list(ImportFormat.allCases.map(\.rawValue), "or"))."
    case .notRecognised(let path, let format?):
      "\(Messages.cutPath(path)) is nothing that Ebb can read as \(format.rawValue)."
    case .ambiguous(let path, let formats):
      "\(Messages.cutPath(path)) could be \(Messages.list(formats.map(\.rawValue), "or")), and would be read "
        + "differently: say which with --format."
    case .encrypted(let path):
      "\(Messages.cutPath(path)) is encrypted. Decrypt it first (`jrnl --decrypt`), and import it then."
    case .damaged(let place, let reason):
      "\(self.place(place)) cannot be read on: \(reason)."
    case .notText(let place, let byte):
      "\(self.place(place)) is not UTF-8: byte \(Messages.grouped(byte)) is wrong. "
        + "If it was written in another encoding, say which with --encoding."
    case .unsafeArchive(let path, let reason):
      "\(Messages.cutPath(path)) is not safe to unpack: \(reason)."
    }
  }

  static func place(_ place: SourcePlace) -> String {
    (place.line.map { "\(place.file):\($0)" } ?? place.file)
      + (place.record.map { ", record \(Messages.grouped($0))" } ?? "")
  }
}

// Places that could not be taken.
extension Messages.Import {
  /// So many are told; their number is told always.
  private static let shownMax = 10

  /// - Parameters:
  ///   - hasRest: whether anything else is new.
  ///   - isRefused: whether nothing may come along for them.
  static func faults(
    _ report: ImportReport, hasRest: Bool, isRefused: Bool, isDryRun: Bool
  ) -> String {
    // What could be taken refuses nothing.
    let faults = isRefused ? report.faults.filter { !$0.reason.isTaken } : report.faults
    let count = isRefused ? report.lossCount : report.faultCount
    let many = Messages.count(count, "place")
    let stands = count == 1 ? "it stands" : "they stand"
    let begins = "\(many) could not be taken as \(stands)"
    let rest = isDryRun ? "; the rest would be imported:" : "; the rest was imported:"
    let nothing = isDryRun ? ", so nothing would be imported:" : ", so nothing was imported:"
    let ends = isRefused ? nothing : hasRest ? rest : ":"
    var lines = faults.prefix(shownMax).map {
      "  \(place($0.place)): \(reason($0.reason, isRefused: isRefused))"
    }
    let left = count - lines.count
    if left > 0 { lines.append("  … and \(Messages.grouped(left)) more (--json lists them)") }
    return ([begins + ends] + lines).joined(separator: "\n")
  }

  static func reason(_ reason: ImportFault.Reason, isRefused: Bool) -> String {
    switch reason {
    case .noDate: "It has no date."
    case .date(.notUnderstood(let text)): "\(Messages.quoted(text)) is not a date."
    case .date(let error): error.description
    case .dateless(nil, let day):
      "It has no date; it was put on the day the file was last changed, \(day)."
    case .dateless(let written?, let day):
      "\(Messages.quoted(written)) is no day; it was put on the day the file was last changed, "
        + "\(day)."
    case .input(let error): error.description
    case .malformed(let clause): clause.prefix(1).uppercased() + clause.dropFirst() + "."
    case .notText(let byte):
      "It is not UTF-8: byte \(Messages.grouped(byte)) is wrong. --encoding names another encoding."
    case .unreadable(let code): "It cannot be read: \(SystemReason.text(code))."
    case .idUsedTwice(let id):
      "The id \(Messages.cut(id)) was another record's before"
        + (isRefused ? "." : "; both were taken.")
    }
  }
}

// What was read by a rule worth knowing.
extension Messages.Import {
  static func notes(_ report: ImportReport, localZone: String?) -> [String] {
    var named: [String: [String]] = [:]
    var lines: [String] = []
    for (note, occurrences) in report.sortedNotes {
      let number = occurrences.count
      switch note {
      case .media(let what): named["media", default: []].append(Messages.count(number, what))
      case .zoneAssumed(let zone): lines.append(zoneAssumed(zone, number, localZone))
      case .dateTaken(let from):
        lines.append("\(Messages.count(number, "date")) came from the \(from).")
      case .empty:
        lines.append("\(Messages.count(number, "record")) had nothing to keep.")
      case .keptInText(let name), .leftOut(let name), .passedOver(let name):
        named[note.name, default: []].append("\(Messages.cut(name)) (\(Messages.grouped(number)))")
      case .moodScored(let word, let score), .moodGuessed(let word, let score):
        named[note.name, default: []].append(
          "\(Messages.cut(word)) as \(score) (\(Messages.grouped(number)))")
      }
    }
    for (name, beginning) in groups {
      if let names = named[name] { lines.append(beginning + few(names) + ".") }
    }
    return lines
  }

  private static let groups = [
    ("keptInText", "Kept in the text, having no place of their own: "),
    ("moodScored", "Words for moods were scored from 1 to 10: "),
    (
      "moodGuessed",
      "Not known as words for moods, so scored in the middle and kept as emotions: "
    ),
    ("media", "Not imported, for Ebb keeps words only: "),
    ("leftOut", "Left out: "),
    ("passedOver", "Passed over: "),
  ]

  private static func zoneAssumed(_ zone: String?, _ number: Int, _ localZone: String?) -> String {
    let local = localZone.map { "this machine's time zone (\($0))" } ?? "this machine's time zone"
    let dates = Messages.count(number, "date")
    return if let zone {
      "\(dates) named the time zone \(Messages.quoted(zone)), unknown here, and went by \(local)."
    } else {
      "\(dates) named no time zone and went by \(local)."
    }
  }

  private static func few(_ names: [String]) -> String {
    let left = names.count - shownMax
    return left > 1
      ? names.prefix(shownMax).joined(separator: ", ") + " and \(Messages.grouped(left)) more"
      : Messages.list(names)
  }
}

extension Messages.Help {
  static let importing = """
    Formats: \(Messages.list(ImportFormat.allCases.map(\.rawValue))). Ebb sees what a file is; \
    --format says so where it can't. Importing the same file again adds nothing, on another \
    machine either.

    Markdown and Org: a file is an entry; its date comes from its front matter, its name, its \
    folders or its first heading. One without a date comes along on the day it was last changed, \
    and is named. A table needs a column date, and text or a measure: score (or mood, rating), \
    energy, closeness, pull, urge, emotions, note, tags, people. Lists are joined by |.

    What has no place in Ebb is kept in the text or named in the report. Places that cannot be \
    taken are named (exit status 65): of a file of lines or a folder the rest is brought along, \
    of JSON or an archive nothing. Dates without a time zone are read in this machine's.

    Each journal in an archive of Day One's becomes a journal of that name. A mood in Daylio \
    becomes a score, twice its level from 1 to 5, and the report says which word became which.

    EXAMPLES:
      ebb import --dry-run diary.jsonl
      ebb import diary.jsonl --journal diary --tag imported
      ebb import old.jsonl --encoding windows-1252
      ebb import journal.json --format ebb
      ebb import ~/.local/share/jrnl/journal.txt
      ebb import --dry-run ~/Notes/journal
      ebb import moods.csv
      ebb import "Day One Export.zip"
      ebb import daylio_export.csv
    """
}
