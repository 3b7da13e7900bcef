import Simulation
import Testing

@Suite struct ConvergenceTests {
  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `whatever befalls them, all devices agree in the end and no word is lost`(
    seed: UInt64
  ) throws {
    _ = try Simulation(seed: seed).run()
  }
}
