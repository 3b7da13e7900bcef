import JournalModel
import OperationLog

/// Nine operations of three devices on one record, and what must become of them.
struct ArrivalScenario: Sendable, CustomStringConvertible {
  let name: String
  let log: RecordLog
  var text: String?
  var siblings: [String] = []
  var tags: [String] = []
  var isTrashed = false

  var description: String { name }

  private init(_ name: String, _ make: (inout RecordLog) -> Void) {
    self.name = name
    var log = RecordLog()
    make(&log)
    self.log = log
  }

  static let all = [prose, tags, trash, seen, mixed]

  /// Three write over each other without looking; nobody settles it.
  static var prose: ArrivalScenario {
    var scenario = ArrivalScenario("prose side by side") { log in
      let first = log.write(1, at: 10, .text("one"))
      let second = log.write(1, at: 40, .text("one, again", seen: first))
      log.write(1, at: 41, .text("one, at last", seen: second))
      let two = log.write(2, at: 20, .text("two", seen: first))
      log.write(2, at: 50, .text("two, again", seen: two))
      log.write(2, at: 50, RegisterWrite(.title, .text("Two")))
      log.write(3, at: 30, .text("three"))
      log.write(3, at: 30, RegisterWrite(.title, .text("Three")))
      log.write(3, at: 45, .text("two", seen: two))
    }
    scenario.text = "two, again"
    // "two" is settled: its writer replaced it.
    scenario.siblings = ["three", "one, at last"]
    return scenario
  }

  /// One set, added to and taken from everywhere, at the same moments too.
  static var tags: ArrivalScenario {
    var scenario = ArrivalScenario("tags") { log in
      log.write(1, at: 10, .text("a"), .tag("river"))
      log.write(1, at: 20, .tag("river", false), .tag("sea"))
      log.write(1, at: 30, .tag("rain"))
      log.write(2, at: 20, .tag("river"))
      log.write(2, at: 30, .tag("rain", false))
      log.write(2, at: 31, .tag("snow"), .tag("sea", false))
      log.write(3, at: 5, .tag("sea", false), .tag("wind"))
      log.write(3, at: 31, .tag("snow", false))
      log.write(3, at: 32, .tag("sea"))
    }
    scenario.text = "a"
    scenario.tags = ["river", "sea", "wind"]
    return scenario
  }

  /// Thrown away and taken out, while somebody who knows nothing of it goes on writing.
  static var trash: ArrivalScenario {
    var scenario = ArrivalScenario("trash and edits") { log in
      let first = log.write(1, at: 10, .text("one"))
      log.write(1, at: 20, .trash(seen: first))
      log.write(1, at: 60, .trash(seen: first))
      let second = log.write(2, at: 30, .text("two", seen: first))
      log.write(2, at: 40, .trash(seen: second))
      log.write(2, at: 50, .trash(false, seen: second))
      let third = log.write(3, at: 15, .text("three", seen: first))
      log.write(3, at: 35, .trash(seen: third))
      log.write(3, at: 55, .tag("kept"))
    }
    scenario.text = "two"
    scenario.siblings = ["three"]
    scenario.tags = ["kept"]
    return scenario
  }

  /// Settled, settled otherwise, and settled for good; what is named as seen may come later than
  /// who saw it, never, or be the very write.
  static var seen: ArrivalScenario {
    var scenario = ArrivalScenario("seen and settled") { log in
      let nowhere = OperationID(device: DeviceID(rawValue: 9), sequence: Sequence(7))
      let one = log.write(1, at: 10, .text("one"))
      let two = log.write(2, at: 11, .text("two"))
      let three = log.write(3, at: 12, .text("three", seen: nowhere))
      let kept = log.write(1, at: 20, .text("one and two", seen: one, two))
      let other = log.write(2, at: 19, .text("two and three", seen: two, three))
      let itself = OperationID(device: DeviceID(rawValue: 3), sequence: Sequence(2))
      let own = log.write(3, at: 21, .text("three alone", seen: three, itself))
      log.write(2, at: 30, .text("all", seen: kept, other, own))
      log.write(1, at: 30, .trash(seen: kept))
      log.write(3, at: 29, .text("late", seen: kept, other))
    }
    scenario.text = "all"
    scenario.siblings = ["late"]
    return scenario
  }

  /// Registers and values of a later version among those of this one.
  static var mixed: ArrivalScenario {
    var scenario = ArrivalScenario("values of a later version") { log in
      let first = log.write(1, at: 10, .text("one"), .tag("river"), RegisterWrite(.title, .unknown))
      let second = log.write(2, at: 20, .text("two", seen: first), .tag("river", false))
      log.write(3, at: 20, .text("three", seen: first), .tag("river"))
      let settled = log.write(1, at: 30, .text("both", seen: second))
      log.write(2, at: 40, .trash(seen: settled), RegisterWrite(RegisterName("later"), .unknown))
      log.write(3, at: 25, .text("late", seen: second), .tag("sea"))
      log.write(1, at: 50, .trash(false))
      log.write(2, at: 50, .trash(seen: settled), RegisterWrite(.starred, .boolean(true)))
      let later = RegisterWrite(RegisterName("later"), .integer(3))
      log.write(3, at: 50, later, RegisterWrite(.journal, .absent))
    }
    scenario.text = "both"
    scenario.siblings = ["three", "late"]
    scenario.tags = ["river", "sea"]
    return scenario
  }

  /// The operations of each device, in its order.
  var changesByDevice: [[StampedChange]] {
    (1...3).map { device in
      log.changes.filter { $0.stamp.id.device.rawValue == device }
    }
  }
}
