/// What happened, a line each; and a number that sums it up even when no lines are kept.
final class Trace: @unchecked Sendable {
  private(set) var lines: [String] = []
  private let keepsLines: Bool
  private let time: SimulatedTime
  private(set) var step = 0
  /// FNV-1a over all lines.
  private(set) var sum: UInt64 = 0xcbf2_9ce4_8422_2325

  init(_ time: SimulatedTime, keepsLines: Bool) {
    self.time = time
    self.keepsLines = keepsLines
  }

  func nextStep() {
    step += 1
  }

  func callAsFunction(_ text: String) {
    for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01b3 }
    if keepsLines { lines.append("\(step) \(time.now % 10_000_000_000): \(text)") }
  }
}
