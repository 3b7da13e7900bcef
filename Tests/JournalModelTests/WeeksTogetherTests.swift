import JournalModel
import Testing

/// Today is Saturday, 21 November 2026.
@Suite struct WeeksTogetherTests {
  private static let today = CivilDay(clampingDaysSinceEpoch: 20_778)

  @Test func `logs fall into the weeks that they were written in`() throws {
    let logs = try [0, 5, 6, 13, 82, 83].map { daysAgo in
      try Records.mood(on: Self.today.adding(days: -daysAgo)) { $0.closeness = daysAgo % 11 }
    }
    let together = WeeksTogether(logs, until: Self.today)
    #expect(together.weeks.count == 12)
    #expect(together.weeks.last?.monday.description == "2026-11-16")
    #expect(together.weeks.last?.closeness == [0, 5])
    #expect(together.weeks[10].closeness == [6])
    #expect(together.weeks[9].closeness == [2])
    #expect(together.weeks.first?.closeness == [5])
    #expect(together.closeness.count == 5)
    #expect(together.weeks[1].meanCloseness == nil)
    #expect(together.weeks[11].meanCloseness == 2.5)
  }

  @Test(
    arguments: [
      ([.away, .away, .toward], .away), ([.away, .toward], .torn), ([.torn], .torn), ([], nil),
    ] as [([Pull], Pull?)])
  func `of two pulls as frequent as each other, the week was torn`(
    pulls: [Pull], main: Pull?
  ) throws {
    let logs = try pulls.map { pull in try Records.mood(on: Self.today) { $0.pull = pull } }
    let together = WeeksTogether(logs, until: Self.today)
    #expect(together.weeks.last?.mainPull == main)
    #expect(together.count(.away) == pulls.count { $0 == .away })
  }
}
