import JournalModel
import OperationLog

extension SyncWarning: CustomStringConvertible {
  /// A plain sentence or two: what happened, what is safe, what to do.
  package var description: String {
    switch self {
    case .clockWrong(let machine, let operations, let offset):
      "This machine's clock (\(machine)) is \(Self.duration(offset)) "
        + "\(offset < 0 ? "ahead of" : "behind") the server's. "
        + Self.stamped(operations) + "Dates are as you wrote them; set the clock right."
    case .clockWasWrong(let machine, let operations):
      "This machine's clock (\(machine)) was ahead when something was written here; it is right by "
        + "now. " + Self.stamped(operations) + "Dates are as you wrote them."
    case .serverClockWrong(let operations, let ahead):
      "The server's clock is \(Self.duration(ahead)) \(ahead < 0 ? "behind" : "ahead of") this "
        + "machine's, and \(ahead < 0 ? "behind" : "far ahead of") what was synced before: it "
        + "seems to be wrong. " + Self.stamped(operations) + "Dates are as you wrote them."
    case .clocksApart(let machine, let ahead):
      "The server's clock is \(Self.duration(ahead)) ahead of this machine's (\(machine)), and "
        + "nothing here tells which of them is wrong. Dates are as you wrote them; set the wrong "
        + "one right."
    case .forked(let device):
      "This journal is a copy: another machine writes with it too, or it was put back from an "
        + "older state. Nothing is lost; it goes on as device \(device). Run `ebb restore` with "
        + "the server's address, to give it a login of its own."
    case .parted(let device):
      "This journal was a copy: another machine writes with it too, or it was put back from an "
        + "older state. Nothing is lost; it goes on as device \(device), with a login of its own."
    case .copied(let device):
      "This journal was brought here from another machine or a backup. It goes on as device "
        + "\(device). Run `ebb restore` with the server's address, to give it a login of its own."
    case .rebuilt(let operations):
      "The server had lost \(Self.count(operations, "change", "changes")), sent again now."
    case .revokedAgain(let machine):
      "The server no longer knew that \(machine) was revoked; it is revoked again."
    case .broughtAlong(let operations):
      "The server did not have \(Self.count(operations, "change", "changes")) of this journal yet; "
        + "now it has."
    case .gap(let device, let range):
      "Changes \(range.lowerBound) to \(range.upperBound) of device \(device) are missing, here "
        + "and on the server; another machine may still bring them."
    case .differs(let id):
      "The server has another version of change \(id) than this journal, which keeps its own. `ebb "
        + "doctor`, on each machine, keeps both."
    case .gaveWay(let operations):
      "The server had something else under the names of "
        + Self.count(operations, "change", "changes")
        + " of this journal's: it was taken, and nothing that was here is lost."
    case .unfounded(let id):
      "The server says that it has another version of change \(id), which this machine made, and "
        + "does not show it; it was not believed."
    case .refused(let id):
      "The server sent change \(id) damaged or altered: this journal's key does not open it. It "
        + "was not stored."
    case .unreadable(let count):
      "The server sent \(Self.count(count, "change that makes", "changes that make")) no sense; "
        + "nothing of it was stored."
    case .hidden(let id, let machine):
      "\(machine.map { "The machine \($0)" } ?? "Another machine") has seen change \(id), which the "
        + "server does not show here: it hides it, or has lost it."
    case .withheld(let id):
      "The server says that it has change \(id), and does not send it."
    case .lostThere(let id):
      "The server has lost change \(id) while it was sending; the next sync of a machine that has "
        + "it brings it back."
    case .damagedThere(let id):
      "The server's disk has damaged change \(id), which is not here; the next sync of a machine "
        + "that has it brings it back."
    case .notKept(let id):
      "The server took change \(id), and does not have it. It is kept here, and sent again each "
        + "time."
    case .stateDiffers:
      "The server and this journal have changes of the same names, and do not agree on what they "
        + "add up to: one of them is another there. `ebb doctor`, on each machine, "
        + "keeps both."
    case .survivedErase(let records):
      "Erased on one machine, and changed on another that did not know of it, or later: "
        + records.map { String($0.description.prefix(6)) }.joined(separator: ", ")
        + ". What was changed is kept: `ebb erase ID` takes it away too, and `ebb resolve ID --keep "
        + "winner` keeps it."
    case .unvouchedStub(let id):
      "The server says that change \(id) was erased, which nobody did; it was not believed."
    case .erasingUnfinished:
      "What was erased may still lie in free space of this journal's file, for that could not be "
        + "overwritten yet; the next sync tries again."
    case .erasedMayBeKept(let files):
      "What was erased may still be in \(files.joined(separator: ", ")), which Ebb keeps for you. "
        + "Look whether you need it, and delete it; before that, this machine does not confirm the "
        + "erase to the others."
    case .notAccepted(let id):
      "The server does not accept change \(id), nor what this device wrote after it; it is kept here."
    case .olderKeys:
      "The server has this account's keys from before the passphrase or the recovery code was "
        + "changed: it was put back from a backup, or pretends to be. Run `ebb restore` here with "
        + "the server's address, and give the one from before the change; then the present one is "
        + "good again."
    case .keysPutBack:
      "The server had this account's keys from before the passphrase or the recovery code was "
        + "changed; it was given the present ones again, and only they are good from now on."
    case .keysNotNoted:
      "This machine's disk refused to note the change, which the server has made; the next sync "
        + "notes it."
    case .keysGivenBack:
      "The server's disk had damaged the keys of this account, without which nobody can log in; it "
        + "was given them back."
    case .keysDamagedThere:
      "The server's disk has damaged the keys of this account, without which nobody can log in; "
        + "syncing the machine on which passphrase or recovery code were last changed, or one that "
        + "has synced since, gives them back."
    case .keysLostThere:
      "The server's disk has damaged the keys of this account, without which nobody can log in, and "
        + "what it knows them by. Who is logged in goes on. Whoever runs the server can put back a "
        + "backup of its folder, or set it up anew: then `ebb register` with the server's address "
        + "puts this account there."
    case .foreignKeys:
      "The server has keys for this account that are altered, forged or another account's; they "
        + "were not taken."
    case .earlier(let sentence):
      sentence
    case .more(_, let count):
      "There are \(count) more like the ones before."
    }
  }

  private static func stamped(_ operations: Int) -> String {
    guard operations > 0 else { return "" }
    return "\(count(operations, "change was", "changes were")) stamped anew. "
  }

  private static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  private static func duration(_ milliseconds: Int64) -> String {
    let seconds = milliseconds.magnitude / 1000
    let days = seconds / 86_400
    return switch seconds {
    case ..<120: count(Int(seconds), "second", "seconds")
    case ..<7_200: count(Int(seconds / 60), "minute", "minutes")
    case ..<172_800: count(Int(seconds / 3_600), "hour", "hours")
    default: days < 1_000 ? "\(days) days" : "\((days + 182) / 365) years"
    }
  }
}
