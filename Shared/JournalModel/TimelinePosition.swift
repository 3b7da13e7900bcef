private import OperationLog

/// Where a record stands in the journal: lists go by instant, then id; filters by the day as
/// written.
package struct TimelinePosition: Hashable, Sendable {
  /// Unix milliseconds; of a whole day, its start there.
  package let instantMilliseconds: Int64
  package let day: CivilDay
}

extension RecordState {
  /// By `date`; of steps by `doneAt`, else `due`, else when it was created, as the clocks of the
  /// local zone showed it then.
  package func timelinePosition(_ zones: ZoneRules) -> TimelinePosition {
    let names: [RegisterName] = kind == .step ? [.doneAt, .due] : [.date]
    for name in names {
      guard let date = self[name]?.text.flatMap(JournalDate.init(rfc9557:)) else { continue }
      // Dates are written to the second: of what was made within that second, the moment decides.
      let instant = date.instantMilliseconds(zones)
      let isFresh = !date.isAllDay && (0..<1000).contains(createdMilliseconds - instant)
      return TimelinePosition(
        instantMilliseconds: isFresh ? createdMilliseconds : instant, day: date.day)
    }
    let created = createdMilliseconds
    let date = JournalDate(unixMilliseconds: created, in: zones)
    return TimelinePosition(instantMilliseconds: created, day: date.day)
  }

  /// Unix milliseconds; when the record was last written, if nothing says when it was created.
  package var createdMilliseconds: Int64 {
    guard let created = self[.created]?.integer, JournalDate.instants.contains(created) else {
      return modified.milliseconds
    }
    return created
  }
}
