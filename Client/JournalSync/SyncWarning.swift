package import JournalModel
package import OperationLog

/// What somebody should know though the sync went on.
package enum SyncWarning: Hashable, Sendable {
  /// This machine's clock is that far behind the server's, or with a minus ahead of it; so many
  /// operations not yet sent were stamped anew. Dates are as written.
  case clockWrong(machine: String, operations: Int, offsetMilliseconds: Int64)
  /// This machine's clock was ahead when these operations were written, and is right by now.
  case clockWasWrong(machine: String, operations: Int)
  /// The server's clock is that far ahead of what was written elsewhere, with which this machine's
  /// agrees, or with a minus behind it.
  case serverClockWrong(operations: Int, aheadMilliseconds: Int64)
  /// The server's clock is that far ahead of this machine's, and nothing tells which is right.
  case clocksApart(machine: String, aheadMilliseconds: Int64)
  /// This journal is a copy, for under its device id there is what it never wrote: a copy that
  /// another machine writes too, or of its own past. It goes on under a new one.
  case forked(newDevice: DeviceID)
  /// The same, found out by a new login, which is its own: it goes on under a new device id.
  case parted(newDevice: DeviceID)
  /// This journal was brought here from another machine or from a backup.
  case copied(newDevice: DeviceID)
  /// The server had lost operations, which were sent again: this many.
  case rebuilt(operations: Int)
  /// The server, put back from a backup, had a session that was revoked: it is again.
  case revokedAgain(machine: String)
  /// A server that never had this journal has now been given it.
  case broughtAlong(operations: Int)
  /// These sequences of a device are missing here and on the server.
  case gap(DeviceID, ClosedRange<Sequence>)
  /// The server has another operation under this name than this journal.
  case differs(OperationID)
  /// It had others under names of this journal's; they were taken, and its own issued again.
  case gaveWay(operations: Int)
  /// The server says so of an operation of this machine's, and does not show the other.
  case unfounded(OperationID)
  /// The server sent something that does not open with the account's key, or is not what it
  /// claims; it was not stored.
  case refused(OperationID)
  /// The server sent something that cannot be read at all; it was not stored.
  case unreadable(count: Int)
  /// Another machine has seen operations of this device, and the server shows them no more.
  case hidden(OperationID, by: String?)
  /// The server says that it has an operation, and does not send it.
  case withheld(OperationID)
  /// The server had an operation when it began to answer, and has lost it since.
  case lostThere(OperationID)
  /// The server's disk has damaged an operation that is not here either.
  case damagedThere(OperationID)
  /// The server took an operation, and does not have it.
  case notKept(OperationID)
  /// The server's idea of which operation holds which register is not this journal's.
  case stateDiffers
  /// Records that were erased on one machine and changed on another that did not know.
  case survivedErase([RecordID])
  /// The server sent a stub of an operation that nobody has erased; it was not stored.
  case unvouchedStub(OperationID)
  /// What was erased could not be overwritten in this journal's file yet.
  case erasingUnfinished
  /// What was erased may be in files that Ebb keeps for their owner; until they are gone, the erase
  /// is not confirmed. Paths.
  case erasedMayBeKept(files: [String])
  /// The server refuses an operation of this journal for good, and all after it.
  case notAccepted(OperationID)
  /// The server has keys from before passphrase or recovery code were changed.
  case olderKeys
  /// The server took the new keys, and the disk here refused to note them; the next sync does.
  case keysNotNoted
  /// It had, and was given those known here again.
  case keysPutBack
  /// Its disk had damaged them, and it was given them back.
  case keysGivenBack
  /// Its disk has damaged them, and what this journal knows is not what it had.
  case keysDamagedThere
  /// Its disk has damaged them so that it does not know them again: nobody can give them back.
  case keysLostThere
  /// The server says that the keys were changed, and what it has is not of this account's key.
  case foreignKeys
  /// Said by a sync in the background, when nobody was there to read it.
  case earlier(String)
  /// More of one kind than are listed.
  case more(Kind, count: Int)
}

extension SyncWarning {
  /// What sort of thing it tells.
  package enum Kind: Hashable, Sendable {
    case clock, copy, rebuilt, gap, differs, unfounded, refused, unreadable, hidden, withheld,
      lostThere
    case notKept
    case stateDiffers, notAccepted, survivedErase, unvouchedStub, erasingUnfinished
    case keys, earlier
  }

  package var kind: Kind {
    switch self {
    case .clockWrong, .clockWasWrong, .serverClockWrong, .clocksApart: .clock
    case .forked, .parted, .copied: .copy
    case .rebuilt, .broughtAlong, .revokedAgain, .gaveWay: .rebuilt
    case .gap: .gap
    case .differs: .differs
    case .unfounded: .unfounded
    case .refused: .refused
    case .unreadable: .unreadable
    case .hidden: .hidden
    case .withheld: .withheld
    case .lostThere, .damagedThere: .lostThere
    case .notKept: .notKept
    case .stateDiffers: .stateDiffers
    case .notAccepted: .notAccepted
    case .survivedErase: .survivedErase
    case .unvouchedStub: .unvouchedStub
    case .erasingUnfinished, .erasedMayBeKept: .erasingUnfinished
    case .olderKeys, .keysPutBack, .keysNotNoted, .keysGivenBack, .keysDamagedThere, .keysLostThere,
      .foreignKeys:
      .keys
    case .earlier: .earlier
    case .more(let kind, _): kind
    }
  }
}
