import Foundation
import JournalStore
import OperationLog

/// Operations of which this journal knows that they are, and which it has not got: kept until they
/// come, so that each sync tells of them, and `verify` too.
struct KnownMissing: Equatable {
  /// Came with the last sync, and was not believed.
  var refused: Set<OperationID> = []
  /// The last operation of each device that something stored here names as seen by its writer.
  var seen: [DeviceID: Sequence] = [:]

  /// Of which the server has others under the same names, and the digests of those here: until these
  /// have given way.
  var contested: [OperationID: OperationDigest] = [:]

  /// Whoever lies may lie much.
  private static let refusedMax = 100

  mutating func refuse(_ id: OperationID) {
    // The lowest are kept, as below.
    refused.insert(id)
    guard refused.count > 2 * Self.refusedMax else { return }
    refused = Set(refused.sorted().prefix(Self.refusedMax))
  }

  mutating func contest(_ id: OperationID, by digest: OperationDigest) {
    guard contested.count < Self.refusedMax else { return }
    contested[id] = digest
  }

  mutating func see(_ id: OperationID) {
    seen[id.device] = max(seen[id.device] ?? .none, id.sequence)
  }

  /// How it is kept; `nil` where nothing is missing.
  var setting: [UInt8]? {
    get throws { self == KnownMissing() ? nil : try JournalStore.encodedSetting(self) }
  }

  /// Without what is known, and no more than is worth keeping.
  func pruned(by known: VersionVector) -> KnownMissing {
    KnownMissing(
      refused: Set(refused.filter { !known.contains($0) }.sorted().prefix(Self.refusedMax)),
      seen: seen.filter { !known.contains(OperationID(device: $0.key, sequence: $0.value)) },
      contested: contested)
  }
}

extension KnownMissing: Codable {
  private enum CodingKeys: CodingKey {
    case refused, seen, contested
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    refused = Set(try values.decode([String].self, forKey: .refused).compactMap(OperationID.init))
    try values.decode([String].self, forKey: .seen).compactMap(OperationID.init)
      .forEach { see($0) }
    let digests = try values.decodeIfPresent([String: [UInt8]].self, forKey: .contested) ?? [:]
    for (name, bytes) in digests {
      guard let id = OperationID(name), let digest = OperationDigest(bytes) else { continue }
      contested[id] = digest
    }
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(refused.sorted().map(\.description), forKey: .refused)
    try values.encode(
      seen.map { OperationID(device: $0.key, sequence: $0.value) }.sorted().map(\.description),
      forKey: .seen)
    guard !contested.isEmpty else { return }
    try values.encode(
      Dictionary(uniqueKeysWithValues: contested.map { ($0.key.description, $0.value.bytes) }),
      forKey: .contested)
  }
}

extension KnownMissing {
  /// Forgets what is contested no more, for what was here has given way or has another name.
  mutating func forgetSettled(in store: JournalStore) throws {
    contested = try contested.filter { try store.digest(of: $0.key) == $0.value }
  }
}

extension JournalStore {
  func knownMissing() throws -> KnownMissing {
    try decodedSetting(.knownMissing, as: KnownMissing.self) ?? KnownMissing()
  }

  func setKnownMissing(_ missing: KnownMissing) throws {
    try setSetting(.knownMissing, try missing.setting)
  }
}

extension SettingName {
  static let knownMissing = SettingName("sync.known-missing")
}
