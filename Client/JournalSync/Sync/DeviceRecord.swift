import JournalModel
import JournalSealing
import JournalStore
import OperationLog

/// The record that an installation keeps of itself, so that others know its name and what it has
/// seen. Sealed like any other; never listed or counted.
struct DeviceRecord {
  static let name = RegisterName("name")
  static let have = RegisterName("have")

  /// Which installation this journal was before it logged in as another.
  struct Former: Codable {
    var installation: String
    var former: String
  }

  let store: JournalStore
  private let hostName: String
  private let now: Int64
  private var isWrittenNow = false
  private(set) var record: RecordID
  /// A device record's operations all write `have`.
  private var tags: Set<RegisterTag>

  /// When it was last written, by this machine's clock as the server's puts it right.
  private struct Written: Codable {
    var at: Int64
  }

  init(_ client: SyncClient) throws {
    store = client.store
    hostName = client.environment.hostName
    now = try Self.now(client)
    let installation = try client.store.installation
    guard let record = RecordID(installation.bytes) else {
      preconditionFailure("an installation's id is as long as a record's")
    }
    self.record = record
    tags = [try client.store.keys.tag(of: record, register: Self.have)]
  }

  /// A clock that stands still does not keep the day from passing.
  private static func now(_ client: SyncClient) throws -> Int64 {
    WallClock.clamped(client.environment.wallClockMilliseconds())
      &+ (try client.store.clockOffsetMilliseconds)
  }

  /// After the server's clock was heard: what was written just now is not a day old because the
  /// clock here was found to be wrong.
  func setTimeRight(_ client: SyncClient) throws {
    let right = try Self.now(client)
    guard isWrittenNow, Daily.isDue(last: now, at: right) else { return }
    try store.setEncodedSetting(.deviceRecord, Written(at: right))
  }

  /// After the installation has become another.
  mutating func follow(_ client: SyncClient) throws {
    let before = tags
    self = try DeviceRecord(client)
    tags.formUnion(before)
  }

  /// Whether an operation of this installation wrote its device record.
  func isWritten(by header: OperationHeader) -> Bool {
    header.tags.contains(where: tags.contains)
  }

  /// Writes it if it is due, if name or device are not what it says (a copy may have written its
  /// own), or if what is about to be sent was written with news from others in sight.
  mutating func writeIfDue() throws {
    let state = try store.storedState(of: record)
    if try !isDue && namesAndDevices(missingIn: state).isEmpty && !hasNewsToConfirm(state) {
      return
    }
    try write()
  }

  /// Whether a day has passed since it was written: that a machine is there is to be heard daily.
  var isDue: Bool {
    get throws {
      Daily.isDue(last: try store.decodedSetting(.deviceRecord, as: Written.self)?.at, at: now)
    }
  }

  /// Whether operations of others came since it was written, and somebody has written here: then it
  /// goes along, so that no server can show what this machine wrote and hide what it had seen.
  ///
  /// Never for news alone, or two machines that follow would answer each other for ever.
  private func hasNewsToConfirm(_ state: RecordState?) throws -> Bool {
    let unsent = try store.unsent(limitOperations: Self.unsentMax, limitBytes: .max)
    guard unsent.contains(where: { !isWritten(by: $0.header) }) else { return false }
    let told = HaveText(state?[Self.have]?.text ?? "")
    let present = try store.device
    return try verified().lastByDevice.contains { device, last in
      device != present && !told.covers(OperationID(device: device, sequence: last))
    }
  }

  /// Writes it if it does not say yet what is known of these devices; whether it was written.
  mutating func writeIfUntold(of devices: Set<DeviceID>) throws -> Bool {
    guard !devices.isEmpty else { return false }
    let told = HaveText(try store.storedState(of: record)?[Self.have]?.text ?? "")
    let isTold = try verified().lastByDevice.allSatisfy { device, last in
      !devices.contains(device) || told.covers(OperationID(device: device, sequence: last))
    }
    if !isTold { try write() }
    return !isTold
  }

  /// More device records than these do not lie unsent before somebody's own words.
  private static let unsentMax = 10

  /// Writes it, and so confirms the erases that are known: not while their words are in the file.
  mutating func write() throws {
    guard try !store.isErasingUnfinished else { return }
    let state = try store.storedState(of: record)
    let writes =
      [RegisterWrite(Self.have, .text(try verified().text))]
      + (try namesAndDevices(missingIn: state))
    try store.write(
      [RecordChange(record: record, kind: .device, writes: writes)],
      with: [.deviceRecord: try JournalStore.encodedSetting(Written(at: now))])
    isWrittenNow = true
  }

  private func namesAndDevices(missingIn state: RecordState?) throws -> [RegisterWrite] {
    var devices: Set = [try store.device.description]
    if state == nil { devices.formUnion(try formerDevices()) }
    devices.subtract(state?.members(of: .writes) ?? [])
    var writes = devices.sorted().map { RegisterWrite(RegisterName(.writes, $0), .boolean(true)) }
    if state?[Self.name]?.text != hostName {
      writes.append(RegisterWrite(Self.name, .text(hostName)))
    }
    return writes
  }

  /// The devices of the installation whose place this one takes.
  private func formerDevices() throws -> [String] {
    guard let old = try Self.untoldFormer(in: store), let record = RecordID(old.bytes)
    else { return [] }
    return try store.storedState(of: record)?.members(of: .writes) ?? []
  }

  /// Whether the first that it says of itself is whose place it takes.
  var takesPlace: Bool { get throws { try Self.untoldFormer(in: store) != nil } }

  /// Whose place a new login of this journal takes: the last that has told of itself. Who has had
  /// no account takes nobody's.
  static func replacedByLogin(_ store: JournalStore) throws -> InstallationID? {
    guard try store.hasHadServerLink else { return nil }
    return try untoldFormer(in: store) ?? store.installation
  }

  /// Whose place this installation takes, as long as it has said nothing of itself.
  private static func untoldFormer(in store: JournalStore) throws -> InstallationID? {
    guard let former = try store.decodedSetting(.formerInstallation, as: Former.self)
    else { return nil }
    let installation = try store.installation
    guard former.installation == installation.description,
      let record = RecordID(installation.bytes), try store.storedState(of: record) == nil
    else { return nil }
    return InstallationID(hexadecimal: former.former)
  }

  /// What is known here and to the server: all that was pulled, and what it accepted.
  ///
  /// Knowing of an erase says that its words are gone here: not while a file may hold them.
  private func verified() throws -> HaveText {
    let unconfirmed = try unconfirmedErases()
    let firstUnsent = try store.firstUnsent()
    return HaveText(
      lastByDevice: try store.known().compactMap { knowledge in
        var last = knowledge.sequences.gapless
        if let unsent = firstUnsent[knowledge.device] {
          last = min(last, Sequence(unsent.rawValue - 1))
        }
        if let erase = unconfirmed[knowledge.device] {
          last = min(last, Sequence(erase.rawValue - 1))
        }
        return last == .none ? nil : (knowledge.device, last)
      })
  }

  /// Of each device the first erase that cannot be confirmed: its words may be in a file that is kept,
  /// or here under a name that the server has for something else.
  private func unconfirmedErases() throws -> [DeviceID: Sequence] {
    guard try !store.keptFiles().isEmpty || !store.knownMissing().contested.isEmpty
    else { return [:] }
    let confirmed = HaveText(try store.storedState(of: record)?[Self.have]?.text ?? "")
    let erases = try store.erases().map(\.id).filter { !confirmed.covers($0) }
    return Dictionary(erases.map { ($0.device, $0.sequence) }, uniquingKeysWith: min)
  }

  /// Whether there are erases that it could confirm and does not yet.
  func owesConfirmation() throws -> Bool {
    let erases = try store.erases()
    guard !erases.isEmpty, try !store.isErasingUnfinished else { return false }
    let confirmed = HaveText(try store.storedState(of: record)?[Self.have]?.text ?? "")
    let verified = try verified()
    return erases.contains { verified.covers($0.id) && !confirmed.covers($0.id) }
  }
}
