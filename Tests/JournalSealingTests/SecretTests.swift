import OperationLog
import TestSupport
import Testing

@testable import JournalSealing

struct SecretTests {
  @Test func `secrets never show themselves`() throws {
    let samples = try Samples()
    var generator = SeededGenerator(seed: 1)
    let code = RecoveryCode.random(using: &generator)
    let root = RootKey(recoveryCode: code, account: samples.account)
    let ring = try KeyRing(
      checking: try GoldenFile.keysDocument(), accountKey: samples.accountKey,
      account: samples.account)
    let secrets: [any Secret] = [
      samples.accountKey, samples.keys, try Passphrase("closer"), code, root, try root.loginKey,
      ring,
    ]
    for secret in secrets {
      let name = "\(type(of: secret))(hidden)"
      var dumped = ""
      dump(secret, to: &dumped)
      #expect("\(secret)" == name)
      #expect(String(reflecting: secret) == name)
      #expect("\(Optional(secret) as Any)".contains("hidden"))
      #expect(dumped == "- \(name)\n")
      #expect(Mirror(reflecting: secret).children.isEmpty)
    }
  }
}
