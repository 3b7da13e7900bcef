import JournalModel
import JournalSealing
import JournalStore
import OperationLog

/// The record that an installation keeps of itself, so that others know its name and what it has
/// seen. Sealed like any other; never listed or counted.
struct DeviceRecord {
  private static let dayMilliseconds: Int64 = 24 * 60 * 60 * 1000
  static let name = RegisterName("name")
  static let have = RegisterName("have")

  private let store: JournalStore
  private let hostName: String
  private let now: Int64
  private let record: RecordID
  /// A device record's operations all write `have`.
  private let tag: RegisterTag

  /// When it was last written, and what is not to be written again.
  private struct Written: Codable {
    var at: Int64
    var name: String
    var device: String
  }

  init(_ client: SyncClient) throws {
    store = client.store
    hostName = client.environment.hostName
    now = client.environment.wallClockMilliseconds()
    let installation = try client.store.installation
    guard let record = RecordID(installation.bytes) else {
      preconditionFailure("an installation's id is as long as a record's")
    }
    self.record = record
    tag = try client.store.keys.tag(of: record, register: Self.have)
  }

  /// Whether an operation of this installation wrote its device record.
  func isWritten(by header: OperationHeader) -> Bool {
    header.tags.contains(tag)
  }

  /// Writes it if a day has passed since, or name or device are new.
  func writeIfDue() throws {
    let device = try store.device.description
    let old = try store.decodedSetting(.deviceRecord, as: Written.self)
    if let old, old.name == hostName, old.device == device,
      (0..<Self.dayMilliseconds).contains(now - old.at)
    {
      return
    }
    try write()
  }

  /// Writes it, and so confirms the erases that are known: not while their words are in the file.
  func write() throws {
    guard try !store.isErasingUnfinished else { return }
    let device = try store.device.description
    let old = try store.decodedSetting(.deviceRecord, as: Written.self)
    var writes = [RegisterWrite(Self.have, .text(try verified().text))]
    if old?.name != hostName { writes.append(RegisterWrite(Self.name, .text(hostName))) }
    if old?.device != device {
      writes.append(RegisterWrite(RegisterName(.writes, device), .boolean(true)))
    }
    _ = try store.write([RecordChange(record: record, kind: .device, writes: writes)])
    try store.setEncodedSetting(
      .deviceRecord, Written(at: now, name: hostName, device: device))
  }

  /// What is known here and to the server: all that was pulled, and what it accepted.
  private func verified() throws -> HaveText {
    let firstUnsent = try store.unsent(limitOperations: 1, limitBytes: .max).first?.header.id
    return HaveText(
      lastByDevice: try store.known().compactMap { knowledge in
        var last = knowledge.sequences.gapless
        if let firstUnsent, knowledge.isOwn {
          guard firstUnsent.device == knowledge.device else { return nil }
          last = Sequence(firstUnsent.sequence.rawValue - 1)
        }
        return last == .none ? nil : (knowledge.device, last)
      })
  }

  /// An operation that another installation says it has seen and that is not known here.
  func hidden(from known: VersionVector) throws -> OperationID? {
    for state in try Self.all(in: store) where state.id != record {
      guard let text = state[Self.have]?.text else { continue }
      for (device, last) in HaveText(text).lastByDevice where last > known[device].last {
        return OperationID(device: device, sequence: last)
      }
    }
    return nil
  }

  /// Whether there are erases that it could confirm and does not yet.
  func owesConfirmation() throws -> Bool {
    let erases = try store.erases()
    guard !erases.isEmpty, try !store.isErasingUnfinished else { return false }
    let confirmed = HaveText(try store.state(of: record)?[Self.have]?.text ?? "")
    let verified = try verified()
    return erases.contains { verified.covers($0.id) && !confirmed.covers($0.id) }
  }

  /// Which installations other than this say that they know an operation, and which do not.
  ///
  /// Who has said nothing of itself yet is not among them.
  static func knowledge(
    of id: OperationID, in store: JournalStore
  ) throws -> [(installation: InstallationID, name: String?, knows: Bool)] {
    let own = try store.installation
    return try all(in: store).compactMap { state in
      guard let installation = InstallationID(state.id.bytes), installation != own
      else { return nil }
      let known = HaveText(state[have]?.text ?? "")
      return (installation, state[name]?.text, known.covers(id))
    }
    .sorted { $0.installation < $1.installation }
  }

  static func namesByInstallation(in store: JournalStore) throws -> [InstallationID: String] {
    var names: [InstallationID: String] = [:]
    for state in try all(in: store) {
      guard let id = InstallationID(state.id.bytes) else { continue }
      names[id] = state[name]?.text
    }
    return names
  }

  private static func all(in store: JournalStore) throws -> [RecordState] {
    var query = RecordQuery()
    query.kinds = [.device]
    return try store.records(matching: query)
  }
}

/// The text of the `have` register: `DEVICE:SEQUENCE`, separated by spaces.
struct HaveText {
  let lastByDevice: [(DeviceID, Sequence)]

  init(lastByDevice: [(DeviceID, Sequence)]) {
    self.lastByDevice = lastByDevice
  }

  /// What cannot be read is left out: another version may have written it.
  init(_ text: String) {
    lastByDevice = text.split(separator: " ").compactMap { part in
      let fields = part.split(separator: ":")
      guard fields.count == 2, let device = DeviceID(String(fields[0])),
        let last = UInt64(fields[1]), last <= Sequence.max.rawValue
      else { return nil }
      return (device, Sequence(last))
    }
  }

  func covers(_ id: OperationID) -> Bool {
    lastByDevice.contains { $0.0 == id.device && $0.1 >= id.sequence }
  }

  var text: String {
    lastByDevice.sorted { $0.0 < $1.0 }.map { "\($0):\($1)" }.joined(separator: " ")
  }
}
