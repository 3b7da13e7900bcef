import JournalModel
import OperationLog
import Testing

@testable import JournalCommands
@testable import JournalSync

struct MachineNamesTests {
  @Test func `of two machines with one name the one that an erase waits for is told apart`()
    throws
  {
    let ids = try (1...3).map { number in
      try #require(InstallationID(Array(repeating: UInt8(number), count: 16)))
    }
    let machines = zip(ids, ["attic", "attic", "desk"]).map { id, name in
      KnownMachine(
        installation: id, name: name, devices: [], lastHeardFrom: nil, isCurrent: false)
    }
    let erase = PendingErase(
      record: try #require(RecordID(Array(repeating: 9, count: 16))),
      operation: OperationID(device: DeviceID(rawValue: 1), sequence: Sequence(1)),
      timestamp: Timestamp(rawValue: 1), isOnServer: true,
      machines: [.init(id: ids[1], name: "attic"), .init(id: ids[2], name: "desk")])
    #expect(
      ErasingRendering.waiting([erase], machines) == [
        "Not confirmed yet by attic (02020202): 1 erase.", "Not confirmed yet by desk: 1 erase.",
      ])
  }
}
