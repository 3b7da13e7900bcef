import JournalModel
import JournalStore

/// What ten years of three mood logs a day have to say, less the start of any command.
func benchmarkInsights(_ table: inout Table, programs: String, folder: String) throws {
  let machine = try Machine(home: folder + "/insights", programs: programs)
  let days = 3_653
  try machine.fill(logsOnDays: days, seed: 11)
  let medians = try interleaved(
    rounds: 10, [{ try machine.ebb("insights").seconds }, { try machine.ebb("--version").seconds }])
  let beyond = medians[0] - medians[1]
  table.add(
    "ebb insights with \(days * 3) mood logs, beyond start-up", ours: beyond.milliseconds,
    other: "300 ms", ratio: beyond / 0.3, bound: 1)
}

extension Machine {
  /// Writes mood logs with everything in them that insights go by: three a day from 2015 on, low in
  /// the morning, so that there is something to find.
  fileprivate func fill(logsOnDays days: Int, seed: UInt64) throws {
    let store = try JournalStore.open(folder: home, environment: .live)
    let signs = Sign.allCases.map { RegisterName(.sign, $0.rawValue) }
    let people = ["Jo", "Lee", "Mara", "Sam"].map { RegisterName(.person, $0) }
    var state = seed
    func random(_ bound: UInt64) -> Int {
      // Knuth's MMIX generator; its high bits are random enough here.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    var generator = SystemRandomNumberGenerator()
    for first in stride(from: 0, to: days, by: 365) {
      var changes: [RecordChange] = []
      for number in first..<min(first + 365, days) {
        let day = CivilDay(clampingDaysSinceEpoch: 16_436 + number)
        for hour in ["08", "13", "20"] {
          let low = hour == "08" ? 1 : 0
          changes.append(
            RecordChange(
              record: RecordID.random(using: &generator), kind: .mood,
              writes: [
                RegisterWrite(.closeness, .integer(Int64(random(11)))),
                RegisterWrite(.date, .text("\(day)T\(hour):30:00+00:00[UTC]")),
                RegisterWrite(people[random(4)], .boolean(true)),
                RegisterWrite(.pull, .text(Pull.allCases[random(3)].rawValue)),
                RegisterWrite(.score, .integer(Int64(2 + random(7) - low))),
                RegisterWrite(signs[random(7)], .boolean(true)),
                RegisterWrite(.urge, .integer(Int64(random(11)))),
              ].sorted { $0.register < $1.register }))
        }
      }
      _ = try store.write(changes)
    }
  }
}
