/// Numbers as a row of blocks of rising height; what is missing is a dot.
///
/// A drawing alone says nothing to whoever hears the screen: the words always stand beside it.
enum Sparkline {
  static func text(_ values: [Double?], in bounds: ClosedRange<Double>) -> String {
    String(
      values.map { value in
        guard let value else { return "·" }
        let share = (value - bounds.lowerBound) / (bounds.upperBound - bounds.lowerBound)
        return blocks[min(max(Int(share * 8), 0), 7)]
      })
  }

  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}

extension Double {
  /// `6`, or `6.5`: as exact as a mean of scores is.
  var withOneDigit: String {
    let tenths = Int((self * 10).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths % 10))"
  }
}
