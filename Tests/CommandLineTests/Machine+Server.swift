import Foundation
import TestSupport
import Testing

extension Machine {
  static let passphrase = "tide goes out, tide comes in"

  private static var secret: [String: String] { ["EBB_PASSPHRASE": passphrase] }

  func configure(_ text: String) throws {
    try FileManager.default.createDirectory(
      atPath: visibleHome, withIntermediateDirectories: true)
    try text.write(toFile: visibleHome + "/config.toml", atomically: true, encoding: .utf8)
  }

  /// Opens an account; syncs only when told to.
  func register(at server: ServerProcess) async throws {
    try configure("[sync]\nauto = false\n")
    let ended = try await run(
      ["register", server.url, "--account", "ida", "--invite", server.invite]
        + ["--fingerprint", server.fingerprint], environment: Self.secret)
    #expect(ended.exitCode == 0, Comment(rawValue: ended.error))
    _ = try await sync()
  }

  func restore(from server: ServerProcess) async throws {
    try configure("[sync]\nauto = false\n")
    let ended = try await run(
      ["restore", server.url, "--account", "ida", "--fingerprint", server.fingerprint],
      environment: Self.secret)
    #expect(ended.exitCode == 0, Comment(rawValue: ended.error))
  }

  func sync() async throws -> String {
    let ended = try await run(["sync", "--json"])
    #expect(ended.exitCode == 0, Comment(rawValue: ended.error))
    return ended.output
  }
}
