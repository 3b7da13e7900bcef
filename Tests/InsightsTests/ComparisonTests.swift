import Testing

@testable import Insights

struct ComparisonTests {
  @Test func `of groups that all differ, the one that stands out comes first`() {
    // Four groups are alike; each differs from the rest for the sake of the fifth alone.
    let observations = (0..<30).flatMap { week in
      (0..<13).map { place in
        let group = place < 12 ? place % 4 : 4
        return Comparison<Measure>.Observation(
          value: group == 4 ? 9 : 4 + Double((week * week + place * 3) % 5) / 4,
          groups: 1 << UInt64(group),
          stratum: week, week: week, source: 0)
      }
    }
    let comparison = Comparison([(Measure.score, observations)], groupCount: 5)
    let answer = comparison.answer { cell in
      Finding(
        question: .person, text: "\(cell.group)", n: cell.n, interval: cell.contrast.interval,
        chart: [], about: [], against: [])
    }
    let found = answer.findings(0.01).map(\.text)
    #expect(found.count == Minimum.findingsMax)
    #expect(found.first == "4")
  }
}
