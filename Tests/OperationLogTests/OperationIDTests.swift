import OperationLog
import Testing

@Suite struct OperationIDTests {
  @Test func `an operation's name is its device and sequence`() throws {
    let id = OperationID(device: DeviceID(rawValue: 0xab), sequence: Sequence(7))
    #expect(id.description == "00000000000000ab.7")
    #expect(OperationID(id.description) == id)
  }

  @Test(arguments: [
    "", ".", "00000000000000ab", "00000000000000ab.", ".7", "00000000000000ab.0",
    "00000000000000ab.-1", "ab.7", "00000000000000ab.7.7", "00000000000000ag.7",
    "00000000000000ab.1099511627776", "00000000000000ab.99999999999999999999",
  ])
  func `what is no operation's name is refused`(text: String) {
    #expect(OperationID(text) == nil)
  }
}
