package import JournalModel
package import OperationLog

/// What somebody should know though the sync went on. `description` is a plain sentence.
package enum SyncWarning: Hashable, Sendable {
  /// This machine's clock was wrong; operations not yet sent were stamped anew. Dates are as written.
  case clockCorrected(operations: Int, offsetMilliseconds: Int64)
  /// Another machine writes under the same device id: this one is, or has, a copy. It goes on
  /// under a new one.
  case forked(newDevice: DeviceID)
  /// The server had lost operations, which were sent again: this many.
  case rebuilt(operations: Int)
  /// These sequences of a device are missing here and on the server.
  case gap(DeviceID, ClosedRange<Sequence>)
  /// The server has another operation under this name than this journal.
  case differs(OperationID)
  /// The server sent something that does not open with the account's key, or is not what it
  /// claims; it was not stored.
  case refused(OperationID)
  /// The server sent something that cannot be read at all; it was not stored.
  case unreadable(count: Int)
  /// Another machine has seen operations that this server does not show.
  case hidden(OperationID)
  /// The server says that it has an operation, and does not send it.
  case withheld(OperationID)
  /// The server's idea of which operation holds which register is not this journal's.
  case stateDiffers
  /// Records that were erased on one machine and changed on another that did not know.
  case survivedErase([RecordID])
  /// The server sent a stub of an operation that nobody has erased; it was not stored.
  case unvouchedStub(OperationID)
  /// What was erased could not be overwritten in this journal's file yet.
  case erasingUnfinished
  /// The server refuses an operation of this journal for good, and all after it.
  case notAccepted(OperationID)
}

extension SyncWarning: CustomStringConvertible {
  package var description: String {
    switch self {
    case .clockCorrected(let operations, let offset):
      "This machine's clock is \(Self.duration(offset)) \(offset < 0 ? "ahead of" : "behind") the "
        + "server's; \(Self.count(operations, "change was", "changes were")) stamped anew. "
        + "Dates are as you wrote them."
    case .forked(let device):
      "Another machine writes with a copy of this journal. This one goes on as device \(device); "
        + "run ebb restore with the server's address to give it a login of its own."
    case .rebuilt(let operations):
      "The server had lost \(Self.count(operations, "change", "changes")); they were sent again."
    case .gap(let device, let range):
      "Changes \(range.lowerBound) to \(range.upperBound) of device \(device) are missing, here "
        + "and on the server; another machine may still bring them."
    case .differs(let id):
      "The server has another version of change \(id) than this journal; both are kept where they are."
    case .refused(let id):
      "The server sent change \(id), which this journal's key does not open; it was not stored."
    case .unreadable(let count):
      "The server sent \(Self.count(count, "change that makes", "changes that make")) no sense; "
        + "nothing of it was stored."
    case .hidden(let id):
      "Another machine has seen change \(id), which the server does not show."
    case .withheld(let id):
      "The server says that it has change \(id), and does not send it."
    case .stateDiffers:
      "The server and this journal have the same changes but do not agree on what they add up to."
    case .survivedErase(let records):
      "Erased on one machine and changed on another that did not know of it: "
        + records.map { String($0.description.prefix(8)) }.joined(separator: ", ")
        + ". The changes are kept; ebb erase takes them away too."
    case .unvouchedStub(let id):
      "The server sent change \(id) as if it were erased, which nobody did; it was not believed."
    case .erasingUnfinished:
      "What was erased may still lie in free space of this journal's file, for that could not be "
        + "overwritten yet; the next sync tries again."
    case .notAccepted(let id):
      "The server does not accept change \(id), nor what this device wrote after it; it is kept here."
    }
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  private static func duration(_ milliseconds: Int64) -> String {
    let seconds = milliseconds.magnitude / 1000
    return switch seconds {
    case ..<120: count(Int(seconds), "second", "seconds")
    case ..<7_200: count(Int(seconds / 60), "minute", "minutes")
    case ..<172_800: count(Int(seconds / 3_600), "hour", "hours")
    default: "\(seconds / 86_400) days"
    }
  }
}
