import JournalStore
import OperationLog

/// When words of other devices last came here.
///
/// By this machine's clock, or by the writer's if that is earlier: what came just now may be old.
/// What they are stamped with is not enough, for a server whose clock was once far ahead, or that
/// said so, would have all of them heard from in the future for ever.
struct HeardDevices {
  /// Unix milliseconds.
  private(set) var millisecondsByDevice: [DeviceID: Int64] = [:]
  private var isChanged = false

  init() {}

  init(in store: JournalStore) throws {
    let kept = try store.decodedSetting(.heard, as: [String: Int64].self) ?? [:]
    for (name, milliseconds) in kept {
      if let device = DeviceID(name) { millisecondsByDevice[device] = milliseconds }
    }
  }

  /// - Parameter now: this machine's clock, in Unix milliseconds.
  mutating func note(_ header: OperationHeader, now: Int64) {
    // A stub has no time.
    guard header.timestamp != .zero else { return }
    let milliseconds = min(header.timestamp.milliseconds, now)
    guard milliseconds > millisecondsByDevice[header.device] ?? .min else { return }
    millisecondsByDevice[header.device] = milliseconds
    isChanged = true
  }

  /// What was noted since this was last asked, with what was kept before: the setting to keep.
  mutating func setting(in store: JournalStore) throws -> [UInt8]? {
    guard isChanged else { return nil }
    isChanged = false
    let kept = try HeardDevices(in: store).millisecondsByDevice
      .merging(millisecondsByDevice, uniquingKeysWith: max)
    return try JournalStore.encodedSetting(
      Dictionary(uniqueKeysWithValues: kept.map { ($0.key.description, $0.value) }))
  }
}
