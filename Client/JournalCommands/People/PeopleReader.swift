internal import JournalModel
internal import JournalStore

/// Gathers what is said about people.
struct PeopleReader {
  let journal: JournalStore
  let today: CivilDay
  let zones: ZoneRules
  /// Whether closeness, pull and steps are looked at.
  let withPractice: Bool

  /// Of all people, in alphabetical order.
  func all() throws -> [PersonFacts] {
    let logs = Self.byPerson(try logs(of: []), \.people)
    let steps = Self.byPerson(try steps(with: [])) { Step($0)?.people ?? [] }
    return try journal.peopleCounts().map { name, count in
      try facts(name, count, logs: logs[name] ?? [], steps: steps[name] ?? [])
    }
  }

  private static func byPerson<Item>(
    _ items: [Item], _ people: (Item) -> [String]
  ) -> [String: [Item]] {
    items.reduce(into: [:]) { found, item in
      for person in people(item) { found[person, default: []].append(item) }
    }
  }

  /// `nil` for somebody who is not in the journal.
  func person(_ name: String) throws -> PersonFacts? {
    guard let found = try journal.peopleCounts().first(where: { $0.name == name }) else {
      return nil
    }
    return try facts(
      found.name, found.count, logs: logs(of: [found.name]), steps: steps(with: [found.name]))
  }

  private func facts(
    _ name: String, _ count: Int, logs: [MoodLog], steps: [RecordState]
  ) throws -> PersonFacts {
    var query = RecordQuery()
    query.people = [name]
    query.to = today
    query.limit = 1
    let last = try journal.records(matching: query).first
      .map { $0.timelinePosition(zones).day }
    return PersonFacts(
      name: name, records: count, last: last,
      together: withPractice ? WeeksTogether(logs, until: today) : nil,
      openSteps: steps.filter { Step($0)?.standing == .planned })
  }

  /// Of as many weeks as are shown.
  private func logs(of people: [String]) throws -> [MoodLog] {
    guard withPractice else { return [] }
    var query = RecordQuery()
    query.kinds = [.mood]
    query.people = people
    query.from = today.adding(days: -7 * 13)
    query.oldestFirst = true
    return try journal.records(matching: query).compactMap(MoodLog.init)
  }

  private func steps(with people: [String]) throws -> [RecordState] {
    guard withPractice else { return [] }
    var query = RecordQuery()
    query.kinds = [.step]
    query.people = people
    query.oldestFirst = true
    return try journal.records(matching: query)
  }
}
