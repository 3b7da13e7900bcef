private import Foundation
import JournalStore
import OperationLog

/// The machines whose sessions were revoked, as far as this machine has heard.
///
/// A machine that was revoked logs in as another installation, so none is revoked for a while.
struct RevokedMachines: Codable, Equatable {
  /// As the server listed them when it was asked last.
  private var listed: [String] = []
  /// Those that were revoked from here. Only of these a server is told again that has forgotten it: of
  /// others it has nobody's word but its own.
  private var here: [String] = []
  /// When the server last knew of all that were revoked here, in Unix milliseconds by the clock here.
  private var toldAt: Int64?

  init(in store: JournalStore) throws {
    self = try store.decodedSetting(.revokedMachines, as: Self.self) ?? Self()
  }

  private init() {}

  var revokedHere: [InstallationID] { here.compactMap { InstallationID(hexadecimal: $0) } }

  func contains(_ installation: InstallationID) -> Bool {
    (listed + here).contains(installation.description)
  }

  /// Whether the server has to be asked if it still knows: once a day, and after a change.
  func isDue(at now: Int64) -> Bool {
    !here.isEmpty && Daily.isDue(last: toldAt, at: now)
  }

  static func noteListed(_ installations: [InstallationID], in store: JournalStore) throws {
    try change(store) { $0.listed = installations.map(\.description).sorted() }
  }

  static func noteRevokedHere(_ installation: InstallationID, in store: JournalStore) throws {
    try change(store) {
      if !$0.revokedHere.contains(installation) { $0.here.append(installation.description) }
      $0.toldAt = nil
    }
  }

  /// Notes when the server knew of all these; `nil` where it may have forgotten some.
  static func noteTold(at time: Int64?, of told: [InstallationID], in store: JournalStore) throws {
    try change(store) {
      // Another may have been revoked meanwhile, by another command.
      if $0.revokedHere == told { $0.toldAt = time }
    }
  }

  private static func change(_ store: JournalStore, _ change: (inout Self) -> Void) throws {
    try store.updateSetting(.revokedMachines) { bytes in
      let before = bytes.flatMap { try? JSONDecoder().decode(Self.self, from: Data($0)) } ?? Self()
      var after = before
      change(&after)
      return after == before ? bytes : try JournalStore.encodedSetting(after)
    }
  }
}
