import Testing

@testable import Insights

struct ComparisonTests {
  @Test func `the group that stands out is told, not those it makes look different`() {
    #expect(found { $0 == 4 ? 9 : 4 } == ["4"])
    // Two stand out, the other way round.
    #expect(found { $0 == 4 ? 9 : $0 == 2 ? 1 : 4 }.sorted() == ["2", "4"])
  }

  /// The groups that are told of five, of which the last is small.
  private func found(_ mean: (_ group: Int) -> Double) -> [String] {
    let observations = (0..<30).flatMap { week in
      (0..<13).map { place in
        let group = place < 12 ? place % 4 : 4
        return Comparison<Measure>.Observation(
          value: mean(group) + Double((week * 5 + place * 7) % 11) / 8,
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
    return answer.findings(0.01).map(\.text)
  }
}
