import SecureTransport
import Testing

@Suite struct PublicKeyFingerprintTests {
  static let digits = "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef"

  @Test func `its text form is sha256 and lower-case hexadecimal digits`() throws {
    let bytes = (0..<32).map { UInt8($0 * 8) }
    let fingerprint = try #require(PublicKeyFingerprint(bytes: bytes))
    #expect(
      fingerprint.description
        == "sha256:0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8")
    #expect(PublicKeyFingerprint(fingerprint.description) == fingerprint)
  }

  @Test(arguments: [
    "sha256:" + digits,
    digits,
    digits.uppercased(),
    "SHA256:" + digits.uppercased(),
    "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
      + "01:23:45:67:89:ab:cd:ef:01:23:45:67:89:ab:cd:ef",
  ])
  func `it is read from all the forms that people paste`(text: String) {
    #expect(PublicKeyFingerprint(text)?.description == "sha256:" + Self.digits)
  }

  @Test(arguments: [
    "", "sha256:", "sha1:" + digits, digits + "00", String(digits.dropLast()),
    String(digits.dropLast(2)), digits + ":", ":" + digits, "0:0" + digits.dropFirst(2),
    "00::" + digits.dropFirst(2), "0g" + digits.dropFirst(2), digits + " ",
    "é" + digits.dropFirst(2), "sha256:sha256:" + digits,
  ])
  func `anything else is no fingerprint`(text: String) {
    #expect(PublicKeyFingerprint(text) == nil)
  }

  @Test func `it has 32 bytes`() {
    #expect(PublicKeyFingerprint(bytes: [1, 2, 3]) == nil)
    #expect(PublicKeyFingerprint(bytes: Array(repeating: 0, count: 33)) == nil)
  }
}
