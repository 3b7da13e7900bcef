import JournalSealing
import JournalStore
import OperationLog
import SyncProtocol

extension SyncRun {
  /// Overwrites what erases have left in the journal's file. Whatever hinders that does not hinder
  /// a sync; it is tried again next time, and nothing is confirmed before.
  mutating func finishErasing() {
    do {
      try client.removeLeftRehearsal()
      try store.finishErasing()
    } catch {
      report.warn(.erasingUnfinished)
    }
  }

  /// Tells the other machines that what they erased is gone here too: in the device record, which
  /// goes out at once.
  mutating func confirmErasing() async throws {
    finishErasing()
    try tellKeptFiles()
    guard try deviceRecord.owesConfirmation() else { return }
    try deviceRecord.write()
    while try await round(isLive: false) == .again {}
  }

  /// With each sync that brought an erase, and with the first after the files were noted.
  private mutating func tellKeptFiles() throws {
    let files = try store.keptFiles()
    let told = try store.decodedSetting(.toldKeptFiles, as: [String].self) ?? []
    guard files != told else { return }
    try store.setEncodedSetting(.toldKeptFiles, files.isEmpty ? nil : files)
    if !Set(files).subtracting(told).isEmpty { report.warn(.erasedMayBeKept(files: files)) }
  }

  /// Once a round, before the first page that holds a stub.
  func sendErases(before page: PushPage, _ hasSentErases: inout Bool) async throws {
    guard !hasSentErases, page.operations.contains(where: \.isStub) else { return }
    try await sendErases()
    hasSentErases = true
  }

  /// Sends all erases, for a server takes a stub only if it knows the erase that lists it.
  func sendErases() async throws {
    var rest = try store.eraseOperations()[...]
    while !rest.isEmpty {
      var bytes = 0
      let page = rest.prefix(PageSize.operations).prefix { operation in
        defer { bytes += operation.header.erased.count * 32 + operation.payload.count }
        return bytes < PageSize.bytes
      }
      rest = rest[page.endIndex...]
      var message = WireSyncRequest()
      message.operations = try sealed(Array(page))
      message.rebuild = true
      message.pushOnly = true
      _ = try await conversation.sync(message)
    }
  }
}
