import JournalModel
import JournalStore
import JournalSync

/// A record that a device is erasing.
struct Erasing {
  let record: RecordID
  /// Words of it that only other devices hold, and the server does not: the erase cannot know
  /// them, unless they reach the server meanwhile.
  let unseen: Set<String>
}

extension World {
  func beginErasing(_ id: RecordID, on device: Device) throws {
    guard try device.disk.undisturbed({ try device.journal().state(of: id) }) != nil
    else { return }
    let unseen = ledger.words(of: id)
      .subtracting(try words(on: [device])).subtracting(try wordsAtServer())
    device.erasing = Erasing(record: id, unseen: unseen)
    let trace = trace
    try begin(device, "erases \(short(id))") { client in
      let report = try await client.erase([id])
      if let unfinished = report.unfinished { trace("not overwritten yet: \(unfinished)") }
      if let unsent = report.unsent { trace("not sent yet: \(unsent)") }
      return report.sync
    }
  }

  /// What was told of an erase that ended, or was cut short.
  func endErasing(_ erasing: Erasing, isDone: Bool) throws {
    let safe = erasing.unseen.subtracting(try wordsAtServer())
    let words = ledger.words(of: erasing.record).subtracting(safe)
    if isDone { ledger.erase(words.subtracting(erasing.unseen)) }
    ledger.release(words)
  }
}
