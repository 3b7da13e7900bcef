internal import Interchange
internal import JournalStore
internal import JournalSync
internal import OperationLog

/// A finding in words: what it is, where, and what helps.
struct FindingText {
  let what: String
  let place: String
  let repair: String

  var line: String { "\(what): \(Visible.line(place)). \(repair)" }

  var json: JSONText {
    .object([
      ("what", .string(what)), ("where", .string(place)), ("repair", .string(repair)),
    ])
  }

  private init(_ what: String, _ place: String, _ repair: String) {
    self.what = what
    self.place = place
    self.repair = repair
  }

  private static let doctor = "Run `ebb doctor`."
  private static let sync = "Run `ebb sync`."
  private static let restore = "Run `ebb restore URL --account NAME` to log in again."

  init(_ finding: JournalFinding) {
    let (what, place) =
      switch finding {
      case .file(let detail): ("The journal's file is damaged", detail)
      case .tables: ("The journal's tables are not as Ebb makes them", "the whole file")
      case .identity: ("The keys and ids of the journal cannot be right", "table journal")
      case .key: ("The journal's key does not fit its changes", "table journal")
      case .operation(let place, let fault):
        (Self.text(of: fault), Self.text(of: place))
      case .device(let id): ("What is noted of a device is not what is there", "device \(id)")
      case .clock: ("The journal's clock does not fit its changes", "table journal")
      case .record(let id): ("A record is not what its changes make", "record \(id)")
      case .search(let id): ("The search index does not have a record's words", "record \(id)")
      case .searchIndex(let detail): ("The search index is damaged", detail)
      case .erasures:
        ("What is noted of erased records is not what was erased", "tables erased, erasure")
      case .setting(let name): ("A setting cannot be read", name)
      case .stateDigest: ("The state digest is not that of the records", "table journal")
      }
    let isLink = if case .setting = finding { true } else { false }
    self.init(what, place, isLink ? Self.restore : Self.doctor)
  }

  /// - Parameter file: a damaged journal's path.
  init(halfRead file: String) {
    self.init(
      "Not all of a damaged file could be read, and what it held may be missing", file,
      "`ebb sync` brings back what a server has; delete the file when you miss nothing.")
  }

  init(_ finding: ServerComparison.Finding) {
    switch finding {
    case .differs(let id):
      self.init("The server has another change under this name", "change \(id)", Self.doctor)
    case .missingThere(let missing):
      self.init("The server has lost changes", Self.text(of: missing), Self.sync)
    case .missingHere(let missing):
      self.init("Changes that the server has are missing here", Self.text(of: missing), Self.sync)
    case .missing(let missing):
      self.init(
        "Changes are missing here and on the server", Self.text(of: missing),
        "Sync the machine that wrote them.")
    case .refused(let id):
      self.init(
        "The server has a change damaged or altered", "change \(id)",
        "Run `ebb-server check` there, then sync the machine that wrote it.")
    case .damagedThere(let id):
      self.init(
        "The server's disk has damaged a change that is not here", "change \(id)",
        "Sync the machine that wrote it, or another that has it.")
    case .keysDamagedThere:
      self.init(
        "The server's disk has damaged what a new login needs", "the account's keys", Self.sync)
    case .hidden(let id, let machine):
      self.init(
        "\(machine.map { "The machine \(Visible.line($0))" } ?? "Another machine") has seen a change "
          + "that the server hides, or has lost", "change \(id)", "Sync the machine that wrote it.")
    case .stateDiffers:
      self.init(
        "The server does not agree on what the changes add up to", "state digest", Self.doctor)
    case .key:
      self.init("The journal's key does not fit the account's", "table journal", Self.doctor)
    case .link:
      self.init("What is noted of the account cannot be right", "sync.link", Self.restore)
    }
  }

  init(_ finding: Rehearsal.Finding) {
    switch finding {
    case .missing(let id):
      self.init("A change did not come back from the server", "change \(id)", Self.sync)
    case .differs(let id):
      self.init("A change came back as another", "change \(id)", Self.doctor)
    case .stateDiffers:
      self.init("The restored journal adds up to something else", "state digest", Self.doctor)
    case .restored(let finding):
      let text = FindingText(finding)
      self.init(text.what, "the restored journal, " + text.place, Self.doctor)
    }
  }

  private static func text(of fault: JournalFinding.Fault) -> String {
    switch fault {
    case .unreadable: "A change cannot be read"
    case .digest: "A change is not what was written"
    case .columns: "A change is filed wrongly"
    case .unlisted: "A change lost its words, and nobody erased it"
    case .erased: "The words of an erased change are still here"
    }
  }

  private static func text(of place: OperationPlace) -> String {
    switch place {
    case .named(let id): "change \(id)"
    case .row(let key): "row \(key)"
    }
  }

  static func text(of missing: MissingOperations) -> String {
    let (first, last) = (missing.sequences.lowerBound, missing.sequences.upperBound)
    return first == last
      ? "change \(missing.device).\(first)"
      : "changes \(missing.device).\(first) to \(missing.device).\(last)"
  }
}
