import Foundation
import TestSupport
import Testing

struct InstallTests {
  private func run(_ script: String, _ arguments: String...) async throws -> Ended {
    try await runProgram(ProjectFiles.root + "/scripts/" + script, arguments)
  }

  private func files(in folder: String) -> Set<String> {
    let enumerator = FileManager.default.enumerator(atPath: folder)
    return Set((enumerator?.allObjects ?? []).compactMap { $0 as? String })
  }

  @Test func `everything is installed below one folder, and leaves it again`() async throws {
    let folder = try TemporaryFolder()
    let prefix = folder.path + "/there"
    let mine = prefix + "/share/fish/mine"
    let installed = try await run(
      "install", "--prefix", prefix, "--programs", try BuiltProducts.folder.path)
    #expect(installed.exitCode == 0 && installed.error == "")
    let there = files(in: prefix)
    for file in [
      "bin/ebb", "bin/ebb-server", "share/man/man1/ebb-write.1.gz",
      "share/man/man1/ebb-server.1.gz", "share/man/man5/ebb-config.5.gz",
      "share/man/man7/ebb-dates.7.gz", "share/bash-completion/completions/ebb",
      "share/bash-completion/completions/ebb-server", "share/zsh/site-functions/_ebb",
      "share/fish/vendor_completions.d/ebb.fish", "lib/systemd/user/ebb-sync.timer",
      "lib/systemd/user/ebb-remind.service", "lib/systemd/system/ebb-server.service",
      "share/doc/ebb/LICENSE", "share/doc/ebb/third-party-notices.gz",
    ] { #expect(there.contains(file), "\(file)") }
    let unit = try String(
      contentsOfFile: prefix + "/lib/systemd/user/ebb-sync.service", encoding: .utf8)
    #expect(unit.contains("ExecStart=\"\(prefix)/bin/ebb\" \"sync\"\n"))

    // What is not Ebb's stays.
    try "x".write(toFile: mine, atomically: false, encoding: .utf8)
    let removed = try await run("uninstall", "--prefix", prefix)
    #expect(removed.exitCode == 0 && removed.error == "")
    #expect(files(in: prefix) == ["share", "share/fish", "share/fish/mine"])
    #expect(try await run("uninstall", "--prefix", prefix).exitCode == 1)
  }
}
