import Testing

@testable import JournalStore

struct DecodedSettingsTests {
  @Test func `a setting is decoded once, and again once its bytes are others`() {
    let settings = DecodedSettings()
    var count = 0
    func value(of bytes: [UInt8]?) -> Int? {
      settings.value(of: SettingName("test"), in: bytes) { bytes in
        count += 1
        return bytes.first.map(Int.init)
      }
    }
    #expect(value(of: [1]) == 1)
    #expect(value(of: [1]) == 1)
    #expect(count == 1)
    #expect(value(of: [2]) == 2)
    #expect(count == 2)
    #expect(value(of: []) == nil, "what means nothing is not taken for what was there before")
    #expect(value(of: [2]) == 2)
    #expect(value(of: nil) == nil)
  }
}
