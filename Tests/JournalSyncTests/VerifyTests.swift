import Foundation
import JournalModel
import JournalSealing
import JournalStore
import OperationLog
import TestSupport
import Testing

@testable import JournalSync

struct VerifyTests {
  @Test func `what is synced is the same on both sides`() async throws {
    try await withServer { server, parent in
      let desk = try Machine(in: parent, "desk")
      try await desk.restore(from: server)
      try desk.write("One")
      _ = try await desk.client.sync()
      let comparison = try await desk.client.compare(try desk.verified())
      #expect(comparison.findings.isEmpty)
      #expect(comparison.isComplete)
    }
  }

  @Test func `what is not synced yet is counted, and is no finding`() async throws {
    try await withServer { server, parent in
      let (desk, lap) = (try Machine(in: parent, "desk"), try Machine(in: parent, "lap"))
      try await desk.restore(from: server)
      try await lap.restore(from: server)
      try lap.write("One")
      _ = try await lap.client.sync()
      let sent = try lap.store.summary().operations
      try desk.write("Two")
      let comparison = try await desk.client.compare(try desk.verified())
      #expect(comparison.findings.isEmpty)
      #expect(comparison.unsent == 1)
      #expect(comparison.unfetched == sent)
    }
  }

  @Test func `a damaged change is fetched again from the server`() async throws {
    try await withServer { server, parent in
      let desk = try Machine(in: parent, "desk")
      try await desk.restore(from: server)
      let ids = try (1...3).map { try desk.write("Entry \($0)") }
      _ = try await desk.client.sync()
      try desk.damage(ids[1])

      let damaged = try Machine(in: parent, "desk")
      #expect(throws: StoreError.self) { try damaged.store.state(of: ids[1]) }
      #expect(throws: StoreError.self) { try damaged.edit(ids[1], text: "On top of it") }
      #expect(throws: StoreError.self) { try damaged.store.history(of: ids[1]) }
      let repair = try damaged.repaired()
      #expect(repair.missing.map(\.count) == [1])

      let healed = try Machine(in: parent, "desk")
      let report = try await healed.client.heal()
      #expect(report.pulled == 1)
      #expect(try healed.store.stillMissing(repair.missing).isEmpty)
      #expect(try healed.texts() == ["Entry 1", "Entry 2", "Entry 3"])
      #expect(try healed.verified().isWell)
      let comparison = try await healed.client.compare(try healed.verified())
      #expect(comparison.findings.isEmpty)
    }
  }

  @Test func `damage is not sent`() async throws {
    try await withServer { server, parent in
      let desk = try Machine(in: parent, "desk")
      try await desk.restore(from: server)
      let id = try desk.write("Not yet sent")
      try desk.damage(id)
      let damaged = try Machine(in: parent, "desk")
      await #expect(throws: StoreError.self) { try await damaged.client.sync() }
    }
  }

  @Test func `what was written after a lost change is sent under another name`() async throws {
    try await withServer { server, parent in
      let (desk, lap) = (try Machine(in: parent, "desk"), try Machine(in: parent, "lap"))
      try await desk.restore(from: server)
      _ = try await desk.client.sync()
      try desk.write("Before")
      let lost = try desk.write("Lost")
      let after = try desk.write("After")
      try desk.edit(after, text: "After, and again")
      try desk.damage(lost)

      let repair = try desk.repaired()
      #expect(repair.hasNewDevice)
      let healed = try Machine(in: parent, "desk")
      let report = try await healed.client.heal()
      #expect(report.warnings == [])
      #expect(try healed.store.stillMissing(repair.missing) == repair.missing)
      #expect(try healed.verified().isWell)
      try await lap.restore(from: server)
      #expect(try lap.texts() == ["After, and again", "Before"])
      #expect(try lap.store.summary().conflicts == 0)
      try expectConverged(healed, lap)
    }
  }

  /// Both wrote another change under the name that follows the lost one, which the server has.
  @Test func `what a copy wrote after a lost change is sent after one repair`() async throws {
    try await withServer { server, parent in
      let original = try Machine(in: parent, "desk")
      try await original.restore(from: server)
      _ = try await original.client.sync()
      let lost = try original.write("Not sent yet")
      try FileCopy.copy(original.folder, to: parent.appendingPathComponent("copy").path)
      let copy = try Machine(in: parent, "copy", machineName: "desk", mode: .existing)
      try original.write("On the original")
      _ = try await original.client.sync()
      try original.write("On the original, later")
      _ = try await original.client.sync()
      try copy.write("On the copy")
      try copy.damage(lost)

      _ = try copy.repaired()
      let healed = try Machine(in: parent, "copy", machineName: "desk", mode: .existing)
      let report = try await healed.client.heal()
      #expect(report.warnings.map(\.isFork) == [true])
      _ = try await original.client.sync()
      _ = try await healed.client.sync()
      try expectConverged(original, healed)
      #expect(
        try healed.texts() == [
          "Not sent yet", "On the copy", "On the original", "On the original, later",
        ])
      #expect(try await healed.client.sync().warnings.isEmpty)
    }
  }

  @Test func `a server that lost what it had is found out`() async throws {
    try await withServer { server, parent in
      let desk = try Machine(in: parent, "desk")
      try await desk.restore(from: server)
      try desk.write("One")
      _ = try await desk.client.sync()
      let verification = try desk.verified()
      let device = try #require(verification.known.first)
      var wrong = verification
      wrong.accepted[device.device] = device.sequences.last
      var more = device.sequences
      more.insert(device.sequences.last.next)
      wrong.known = [
        DeviceKnowledge(
          device: device.device, sequences: more, digest: device.digest, isOwn: false)
      ]
      let comparison = try await desk.client.compare(wrong)
      let next = device.sequences.last.next
      #expect(
        comparison.findings.contains(
          .missingThere(MissingOperations(device: device.device, sequences: next...next))))
    }
  }

  @Test func `sums that differ are a finding`() async throws {
    try await withServer { server, parent in
      let desk = try Machine(in: parent, "desk")
      try await desk.restore(from: server)
      try desk.write("One")
      _ = try await desk.client.sync()
      var verification = try desk.verified()
      verification.stateDigest = StateDigest()
      #expect(try await desk.client.compare(verification).findings == [.stateDiffers])
    }
  }

  @Test func `a rehearsal restores, compares and leaves nothing`() async throws {
    try await withServer { server, parent in
      let desk = try Machine(in: parent, "desk")
      try await desk.restore(from: server)
      try desk.write("One")
      _ = try await desk.client.sync()
      #expect(try desk.client.lastRehearsal() == nil)
      let folder = desk.client.rehearsalFolder
      for _ in 1...2 {
        let code = try TestPerson.ada.get().recoveryCode
        let rehearsal = try await desk.client.rehearse(.recoveryCode(code))
        #expect(rehearsal.findings.isEmpty)
        #expect(rehearsal.operations == (try desk.store.summary().operations))
        #expect(rehearsal.unsent == 0)
        #expect(rehearsal.unfetched == 0)
      }
      #expect(!FileManager.default.fileExists(atPath: folder))
      #expect(try desk.client.lastRehearsal() != nil)
      let installations = try await desk.client.devices()
      #expect(installations.map(\.isCurrent) == [true])
      #expect(try await desk.client.sync().warnings.isEmpty)
    }
  }

  @Test func `what was erased and not heard of on one side is no finding of a rehearsal`()
    async throws
  {
    try await withServer { server, parent in
      let (a, b, _) = try await Machine.three(at: server, in: parent)
      let ids = (try a.write("One"), try a.write("Two"))
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      _ = try await a.client.erase([ids.0])
      let code = try TestPerson.ada.get().recoveryCode
      let unfetched = try await b.client.rehearse(.recoveryCode(code))
      #expect(unfetched.findings.isEmpty)
      #expect(unfetched.unfetched > 0)

      _ = try await b.client.sync()
      #expect(try b.store.erase([ids.1]) == 1)
      let unsent = try await b.client.rehearse(.recoveryCode(code))
      #expect(unsent.findings.isEmpty)
      #expect(unsent.unsent > 0)
    }
  }

  @Test func `a rehearsal with a wrong passphrase leaves nothing either`() async throws {
    try await withServer { server, parent in
      let desk = try Machine(in: parent, "desk")
      try await desk.restore(from: server)
      let folder = desk.client.rehearsalFolder
      var generator = SeededGenerator()
      let wrong = RecoveryCode.random(using: &generator)
      await #expect(throws: SyncFailure.self) {
        try await desk.client.rehearse(.recoveryCode(wrong))
      }
      #expect(!FileManager.default.fileExists(atPath: folder))
      #expect(try desk.client.lastRehearsal() == nil)
    }
  }
}

extension Machine {
  func verified() throws -> Verification {
    try JournalStore.verify(folder: folder, environment: store.environment)
  }

  fileprivate func repaired() throws -> Repair {
    let outcome = try JournalStore.repair(folder: folder, environment: store.environment)
    guard case .repaired(let repair) = outcome else {
      throw UnexpectedOutcome(description: "\(outcome)")
    }
    return repair
  }

  /// Changes a bit of the last operation of a record, in the journal's file. Machines that have
  /// it open may not notice.
  fileprivate func damage(_ id: RecordID) throws {
    let version = try #require(try store.history(of: id).first).id
    let operation = try #require(
      try store.operations(
        of: version.device, version.sequence...version.sequence, limitOperations: 1,
        limitBytes: .max
      ).first)
    let url = URL(filePath: store.path)
    var bytes = try Data(contentsOf: url)
    let place = try #require(bytes.range(of: Data(operation.payload)))
    bytes[place.upperBound - 1] ^= 1
    try bytes.write(to: url)
  }
}

extension SyncWarning {
  fileprivate var isFork: Bool { if case .forked = self { true } else { false } }
}

private struct UnexpectedOutcome: Error, CustomStringConvertible {
  let description: String
}
