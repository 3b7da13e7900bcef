import JournalModel
import JournalStore
import JournalSync

/// A record that a device is erasing.
struct Erasing {
  let record: RecordID
  /// Words of it that only other devices hold, and the server does not: the erase cannot know
  /// them, unless they reach the server meanwhile.
  var unseen: Set<String>
}

extension World {
  func beginErasing(_ id: RecordID, on device: Device) throws {
    guard try device.undisturbed({ try $0.state(of: id) }) != nil
    else { return }
    let unseen = ledger.words(of: id)
      .subtracting(try words(on: [device])).subtracting(try wordsAtServer())
    device.erasing = Erasing(record: id, unseen: unseen)
    let trace = trace
    try begin(device, "erases \(short(id))") { client in
      let report = try await client.erase([id])
      if let unfinished = report.unfinished { trace("not overwritten yet: \(unfinished.code)") }
      if let unsent = report.unsent { trace("not sent yet: \(unsent)") }
      return report.sync
    }
  }

  /// The server may have heard words that whoever is erasing hears from it next.
  func noteHeardWhileErasing() throws {
    guard devices.contains(where: { $0.erasing != nil }) else { return }
    let heard = try wordsAtServer()
    for device in devices {
      guard let unseen = device.erasing?.unseen else { continue }
      device.erasing?.unseen = unseen.subtracting(heard)
      // Whether the erase took these away nobody knows.
      ledger.release(unseen.intersection(heard))
    }
  }

  /// What was told of an erase that ended, or was cut short.
  func endErasing(_ erasing: Erasing, isDone: Bool) {
    let words = ledger.words(of: erasing.record).subtracting(erasing.unseen)
    if isDone { ledger.erase(words) } else { ledger.release(words) }
  }
}
