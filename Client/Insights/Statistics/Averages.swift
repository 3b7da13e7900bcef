/// Means and quantiles.
package enum Averages {
  /// `nil` of nothing.
  package static func mean(_ values: some Collection<Double>) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// `nil` of nothing.
  package static func median(_ values: [Double]) -> Double? { quantile(0.5, of: values.sorted()) }

  /// Between the two nearest values, linearly.
  ///
  /// Source: Hyndman, Fan, "Sample Quantiles in Statistical Packages", The American Statistician
  /// 50, 1996, definition 7.
  /// - Parameter sorted: ascending.
  package static func quantile(_ probability: Double, of sorted: [Double]) -> Double? {
    guard let last = sorted.last else { return nil }
    let place = probability * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
