import Glibc

/// The rows of the report: a figure, what it is compared with, and the bound it is held against.
struct Table {
  private var rows: [[String]] = []

  mutating func add(
    _ name: String, ours: String, other: String = "", ratio: Double? = nil, bound: Double? = nil
  ) {
    let verdict =
      switch (ratio, bound) {
      case (let ratio?, let bound?): ratio <= bound ? "met" : "MISSED"
      default: ""
      }
    rows.append([
      name, ours, other, ratio.map { $0.fixed(2) } ?? "",
      bound.map { "at most " + $0.fixed(1) } ?? "", verdict,
    ])
    print(rows.last?.joined(separator: "  ") ?? "")
    fflush(nil)
  }

  /// Markdown.
  var text: String {
    let header = ["what", "Ebb", "against", "ratio", "bound", ""]
    let all = [header] + rows
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    let lines = all.map { row in
      "| "
        + zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: " | ") + " |"
    }
    let rule =
      "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
  }
}

extension Double {
  func fixed(_ places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let rounded = (self * scale).rounded() / scale
    let whole = Int(rounded)
    let fraction = Int(((rounded - Double(whole)) * scale).rounded().magnitude)
    let digits = String(fraction)
    return places == 0
      ? String(whole)
      : "\(whole)." + String(repeating: "0", count: places - digits.count) + digits
  }

  var milliseconds: String { (self * 1000).fixed(1) + " ms" }
  var seconds: String { fixed(2) + " s" }
}

extension Int {
  var megabytes: String { (Double(self) / 1_000_000).fixed(2) + " MB" }
  var mebibytes: String { (Double(self) / 1_048_576).fixed(1) + " MiB" }
}

extension [Double] {
  var median: Double {
    guard !isEmpty else { return .nan }
    return sorted()[count / 2]
  }
}

/// Runs the closures in turn, A B A B …, after one uncounted round, and gives each one's median.
func interleaved(rounds: Int, _ bodies: [() throws -> Double]) throws -> [Double] {
  // What was measured before is still being written to the disk.
  sync()
  for body in bodies { _ = try body() }
  var times = bodies.map { _ in [Double]() }
  for _ in 0..<rounds {
    for (index, body) in bodies.enumerated() { times[index].append(try body()) }
  }
  return times.map(\.median)
}
