package import JournalModel
internal import OperationLog

/// What is known of a journal when it is asked.
package struct JournalFacts: Sendable {
  package let moods: [MoodFacts]
  /// Done, oldest first.
  package let stepsDone: [Step]

  /// - Parameter moods: oldest first.
  package init(moods: [MoodFacts], steps: [Step]) {
    self.moods = moods
    stepsDone = steps.filter { $0.doneAt != nil && !$0.isSkipped }
      .sorted { left, right in
        left.dayDone != right.dayDone
          ? left.dayDone < right.dayDone
          : left.id.bytes.lexicographicallyPrecedes(right.id.bytes)
      }
  }
}

extension Step {
  /// Days since 1970; 0 for a step that is not done.
  var dayDone: Int { doneAt?.day.daysSinceEpoch ?? 0 }
}

extension MoodFacts {
  /// Days since 1970.
  var dayNumber: Int { day.daysSinceEpoch }
  var week: Int { Week.of(dayNumber) }
}

/// Weeks begin on Monday; logs of one week are taken to have to do with each other, logs of
/// different weeks not.
enum Week {
  static func of(_ dayNumber: Int) -> Int {
    // 1970-01-01 was a Thursday.
    let shifted = dayNumber + 3
    return shifted >= 0 ? shifted / 7 : (shifted - 6) / 7
  }
}
