package import JournalModel

/// What became of a source: for the person who wonders whether everything came along.
package struct ImportReport: Sendable {
  package private(set) var notesByKind: [ImportNote: Occurrences] = [:]
  /// Places of the source that could not be taken, at most `faultsMax` of them.
  package private(set) var faults: [ImportFault] = []
  /// How many there were.
  package private(set) var faultCount = 0
  /// How many of them nothing was taken of.
  package private(set) var lossCount = 0
  /// How many of `faults` are places of which something was taken.
  private var takenCount = 0

  /// More than anybody mends by hand; a file of another kind can have one in every line.
  package static let faultsMax = 10_000

  package struct Occurrences: Hashable, Sendable {
    package var count: Int
    package var first: SourcePlace
  }

  package init() {}

  package mutating func note(_ note: ImportNote, _ place: SourcePlace, count: Int = 1) {
    notesByKind[note, default: Occurrences(count: 0, first: place)].count += count
  }

  /// Adds what another report says.
  package mutating func add(_ other: ImportReport) {
    for (note, occurrences) in other.notesByKind {
      self.note(note, occurrences.first, count: occurrences.count)
    }
    for fault in other.faults { keep(fault) }
    faultCount += other.faultCount
    lossCount += other.lossCount
  }

  package mutating func fault(_ reason: ImportFault.Reason, _ place: SourcePlace) {
    faultCount += 1
    if !reason.isTaken { lossCount += 1 }
    keep(ImportFault(place: place, reason: reason))
  }

  /// Where there are too many, those are told of which nothing was taken: they may be why all is
  /// refused.
  private mutating func keep(_ fault: ImportFault) {
    if faults.count >= Self.faultsMax {
      guard !fault.reason.isTaken, takenCount > 0,
        let other = faults.lastIndex(where: \.reason.isTaken)
      else { return }
      faults.remove(at: other)
      takenCount -= 1
    }
    if fault.reason.isTaken { takenCount += 1 }
    faults.append(fault)
  }

  /// Into the order in which they stand in the source.
  mutating func sortFaults() {
    faults.sort { left, right in
      let (left, right) = (left.place, right.place)
      return (left.file, left.line ?? 0, left.record ?? 0)
        < (right.file, right.line ?? 0, right.record ?? 0)
    }
  }

  /// In an order that is the same each time.
  package var sortedNotes: [(note: ImportNote, occurrences: Occurrences)] {
    notesByKind.sorted {
      ($0.key.name, $0.key.detail ?? "") < ($1.key.name, $1.key.detail ?? "")
    }.map { ($0.key, $0.value) }
  }
}

/// Something of a source that has no place of its own in Ebb, or was read by a rule worth knowing.
package enum ImportNote: Hashable, Sendable {
  /// Photos, audio, video, drawings: Ebb does not keep them yet. In the source's singular: `photo`.
  case media(String)
  /// A field of the source that was written into the text or a note: `weather`.
  case keptInText(String)
  /// A field of the source that says nothing about the journal, such as an editor's settings.
  case leftOut(String)
  /// A date without a zone, or with one unknown here, was read in the local zone.
  case zoneAssumed(String?)
  /// A date was taken from somewhere else: `file name`, `file time`, `now`.
  case dateTaken(from: String)
  /// The record has nothing to keep: no text, no value.
  case empty
  /// A record of the source's trash or of a template was passed over.
  case passedOver(String)
  /// A word for a mood, and the score from 1 to 10 it was given.
  case moodScored(String, Int)
  /// A word that is not known as one for a mood, and the score in the middle that it was given.
  case moodGuessed(String, Int)
}

extension ImportNote {
  /// Of a date that could be two, `03/04/2019`, where no other of the source shows which.
  static let dateOrderAssumed = dateTaken(
    from: "order month/day/year, as nothing shows another")
  /// Of `15-03-24`, where no other of the source shows which is the year.
  static let shortYearAssumed = dateTaken(
    from: "order year-month-day, as nothing shows another")

  /// As JSON names it.
  package var name: String {
    switch self {
    case .media: "media"
    case .keptInText: "keptInText"
    case .leftOut: "leftOut"
    case .zoneAssumed: "zoneAssumed"
    case .dateTaken: "dateTaken"
    case .empty: "empty"
    case .passedOver: "passedOver"
    case .moodScored: "moodScored"
    case .moodGuessed: "moodGuessed"
    }
  }

  package var detail: String? {
    switch self {
    case .media(let text), .keptInText(let text), .leftOut(let text), .dateTaken(let text),
      .passedOver(let text):
      text
    case .zoneAssumed(let zone): zone
    case .empty: nil
    case .moodScored(let word, let score), .moodGuessed(let word, let score): "\(word): \(score)"
    }
  }
}

/// A place in a source of which nothing could be taken, or which could not be taken whole.
package struct ImportFault: Hashable, Sendable {
  package let place: SourcePlace
  package let reason: Reason

  package enum Reason: Hashable, Sendable {
    case noDate
    case date(TypedDateError)
    /// It has no date, or one that does not exist: it was put on the day its file was last changed.
    case dateless(impossible: String?, takenFor: CivilDay)
    /// What the journal refuses: too long, out of range.
    case input(InputError)
    /// A line that is not what the format says; one plain clause.
    case malformed(String)
    case notText(byte: Int)
    case unreadable(systemError: Int32)
    /// Another record of the same source has this id and says something else. Both were taken.
    case idUsedTwice(String)

    /// Whether the record came along all the same, though not quite as it stands.
    package var isTaken: Bool {
      switch self {
      case .dateless, .idUsedTwice: true
      case .noDate, .date, .input, .malformed, .notText, .unreadable: false
      }
    }
  }
}
