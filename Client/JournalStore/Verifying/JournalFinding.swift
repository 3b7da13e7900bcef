package import JournalModel
package import OperationLog

/// Something in a journal's file that is not as it was written, or does not follow from its log.
package enum JournalFinding: Hashable, Sendable {
  /// The file or pages of it, in SQLite's or the system's words.
  case file(String)
  /// The tables are not those of this version of Ebb.
  case tables
  /// The row that says who we are cannot be read, or cannot be right.
  case identity
  /// No operation was made with the journal's key: the key is damaged.
  case key
  /// An operation's row.
  case operation(OperationPlace, Fault)
  /// What is noted of a device is not what the log holds of it.
  case device(DeviceID)
  /// The clock is far ahead of all that it stamped.
  case clock
  /// A record's state, or what lists go by, is not what its operations make.
  case record(RecordID)
  /// The search index does not have a record's words.
  case search(RecordID)
  /// The search index as a whole, in SQLite's words.
  case searchIndex(String)
  /// What is noted of erased records is not what the erases say.
  case erasures
  /// A value that another module keeps cannot be read.
  case setting(String)
  /// The sum over all registers is not what the log makes.
  case stateDigest

  package enum Fault: Hashable, Sendable {
    /// Header or payload make no sense.
    case unreadable
    /// Header and payload do not belong together.
    case digest
    /// The row repeats something of the header, or of the payload, and not as it is there.
    case columns
    /// It is a stub, and no erase lists it.
    case unlisted
    /// An erase lists it, and its words are here.
    case erased
  }

  /// Whether it concerns only what the log can make anew.
  var isDerived: Bool {
    switch self {
    case .record, .search, .searchIndex, .stateDigest, .clock, .erasures: true
    case .file, .tables, .identity, .key, .operation, .device, .setting: false
    }
  }
}

/// Where an operation lies, as far as that can be told.
package enum OperationPlace: Hashable, Sendable {
  case named(OperationID)
  /// The key of its row, which names no known device.
  case row(Int64)
}

/// What reading a whole journal has shown.
package struct Verification: Sendable {
  /// In the order of discovery; the first thousand.
  package private(set) var findings: [JournalFinding] = []
  package private(set) var findingsLeftOut = 0
  /// Operations and records that were read and are right.
  package var operations = 0
  package var records = 0
  /// The version vector and state digest that the log makes, right or not as they were noted.
  package var known: [DeviceKnowledge] = []
  package var stateDigest = StateDigest()
  /// Of own devices: the last operation that the server has accepted, as it was noted.
  package var accepted: [DeviceID: Sequence] = [:]

  static let findingsMax = 1_000

  package init() {}

  package var isWell: Bool { findings.isEmpty }

  /// Says each thing once.
  package mutating func find(_ finding: JournalFinding) {
    guard !findings.contains(finding) else { return }
    guard findings.count < Self.findingsMax else { return findingsLeftOut += 1 }
    findings.append(finding)
  }
}
