import OperationLog
import TestSupport
import Testing

@Suite struct HexadecimalTests {
  @Test func `bytes are printed in lower case`() {
    #expect(Hexadecimal.text(of: [0x00, 0x0f, 0xa5, 0xff] as [UInt8]) == "000fa5ff")
    #expect(Hexadecimal.text(of: 0x0123_4567_89ab_cdef as UInt64) == "0123456789abcdef")
  }

  @Test func `digits of either case are read`() {
    #expect(Hexadecimal.bytes("00FfA5") == [0x00, 0xff, 0xa5])
    #expect(Hexadecimal.bytes("") == [])
  }

  @Test(arguments: ["0", "0g", "g0", " 0", "0x", "٠٠", "0\u{301}", "é"])
  func `what is not hexadecimal is refused`(text: String) {
    #expect(Hexadecimal.bytes(text) == nil)
  }

  @Test func `every byte survives`() {
    let bytes = (0...255).map(UInt8.init)
    #expect(Hexadecimal.bytes(Hexadecimal.text(of: bytes)) == bytes)
  }

  @Test func `ids want their exact length`() {
    #expect(AccountID(hexadecimal: String(repeating: "0", count: 32)) != nil)
    #expect(AccountID(hexadecimal: String(repeating: "0", count: 30)) == nil)
    #expect(AccountID(hexadecimal: String(repeating: "0", count: 34)) == nil)
    #expect(RegisterTag([UInt8](repeating: 0, count: 13)) == nil)
    #expect(DeviceID("0123456789abcdef")?.rawValue == 0x0123_4567_89ab_cdef)
    #expect(DeviceID("0123456789abcde") == nil)
  }
}
