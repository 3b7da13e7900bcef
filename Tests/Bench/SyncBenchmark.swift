import Foundation
import Glibc
import JournalSealing
import OperationLog
import SyncProtocol

/// A journal of one size, filled on one machine, with a server of its own.
struct FilledJournal {
  let size: Int
  let machine: Machine
  let server: EbbServer
  /// Logged in while the account was empty: what it pulls later costs no key derivation.
  let puller: Machine

  init(size: Int, programs: String, folder: String) throws {
    self.size = size
    server = try EbbServer(folder: "\(folder)/server-\(size)", programs: programs)
    machine = try Machine(home: "\(folder)/machine-\(size)", programs: programs)
    try machine.ebb(
      "register", server.url, "--account", "bench", "--invite", server.invite, "--fingerprint",
      server.fingerprint)
    try machine.ebb("sync")
    puller = try Machine(home: "\(folder)/puller-\(size)", programs: programs)
    try puller.ebb(
      "restore", server.url, "--account", "bench", "--fingerprint", server.fingerprint)
    try puller.ebb("sync")
    try machine.ebb("sync")
    try machine.fill(entries: size, seed: UInt64(size))
  }
}

/// What moving a whole journal of one size cost.
struct TransferFigures {
  var push: ChildProcess.Outcome
  var pull: ChildProcess.Outcome
  var restore: ChildProcess.Outcome
  var pushReport: SyncReportFigures
  var pullReport: SyncReportFigures
  var serverMemoryBytes: Int

  /// Pushes the filled machine's journal, pulls it onto one that was logged in before, and
  /// restores it on an empty one.
  init(_ journal: FilledJournal, programs: String, folder: String) throws {
    // Each starts with a disk at rest.
    Glibc.sync()
    push = try journal.machine.ebb("sync", "--json", watchingMemory: true)
    pushReport = try SyncReportFigures(push.output)
    Glibc.sync()
    pull = try journal.puller.ebb("sync", "--json", watchingMemory: true)
    pullReport = try SyncReportFigures(pull.output)
    let empty = try Machine(home: "\(folder)/restored-\(journal.size)", programs: programs)
    Glibc.sync()
    restore = try empty.ebb(
      "restore", journal.server.url, "--account", "bench", "--fingerprint",
      journal.server.fingerprint, watchingMemory: true)
    serverMemoryBytes = journal.server.process.peakMemoryBytes
  }
}

/// The counts that `ebb sync --json` prints.
struct SyncReportFigures {
  var requests: Int
  var bytes: Int

  init(_ json: String) throws {
    let report = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    guard let requests = report?["requests"] as? Int, let sent = report?["bytesSent"] as? Int,
      let received = report?["bytesReceived"] as? Int
    else { throw BenchError("ebb sync --json printed \(json)") }
    self.requests = requests
    bytes = sent + received
  }
}

/// Whole journals: against git where git takes part, and one size against the next.
func benchmarkTransfers(
  _ table: inout Table, journals: [FilledJournal], gitSize: Int, programs: String, folder: String
) throws {
  var figuresBySize: [Int: TransferFigures] = [:]
  let derivation = try keyDerivationSeconds()
  for journal in journals {
    let figures = try TransferFigures(journal, programs: programs, folder: folder)
    figuresBySize[journal.size] = figures
    let restore = figures.restore.seconds - derivation
    if journal.size == gitSize {
      let git = try gitTransfer(entries: gitSize, folder: folder)
      table.add(
        "push \(gitSize)", ours: figures.push.seconds.seconds,
        other: "git push " + git.push.seconds, ratio: figures.push.seconds / git.push, bound: 1)
      table.add(
        "restore \(gitSize), less one key derivation (\(derivation.seconds))",
        ours: restore.seconds, other: "git clone " + git.clone.seconds, ratio: restore / git.clone,
        bound: 1)
      table.add(
        "bytes on the wire pushing / pulling \(gitSize)",
        ours: figures.pushReport.bytes.megabytes + " / " + figures.pullReport.bytes.megabytes,
        other: "6 MB", ratio: Double(max(figures.pushReport.bytes, figures.pullReport.bytes)) / 6e6,
        bound: 1)
      table.add(
        "round trips pushing / pulling \(gitSize)",
        ours: "\(figures.pushReport.requests) / \(figures.pullReport.requests)", other: "20",
        ratio: Double(max(figures.pushReport.requests, figures.pullReport.requests)) / 20, bound: 1)
    } else {
      table.add(
        "push / pull / restore \(journal.size)",
        ours: [figures.push.seconds, figures.pull.seconds, restore].map(\.seconds)
          .joined(separator: " / "))
    }
    table.add(
      "peak memory at \(journal.size): push / pull / server",
      ours: [
        figures.push.peakMemoryBytes, figures.pull.peakMemoryBytes, figures.serverMemoryBytes,
      ].map(\.mebibytes).joined(separator: " / "), other: "100 MiB",
      ratio: Double(
        max(
          figures.push.peakMemoryBytes, figures.pull.peakMemoryBytes, figures.serverMemoryBytes))
        / 104_857_600, bound: 1)
    table.add(
      "peak memory of restoring \(journal.size), with one key derivation (128 MiB by design)",
      ours: figures.restore.peakMemoryBytes.mebibytes)
  }
  let sizes = figuresBySize.keys.sorted()
  guard let small = sizes.dropFirst(sizes.count > 2 ? 1 : 0).first, let large = sizes.last,
    small < large, let before = figuresBySize[small], let after = figuresBySize[large]
  else { return }
  let growth = Double(large / small) * 1.1
  func compare(_ name: String, _ value: (TransferFigures) -> Double, bound: Double) {
    table.add(
      "\(name) from \(small) to \(large)", ours: "", ratio: value(after) / value(before),
      bound: bound)
  }
  compare("time to push", { $0.push.seconds }, bound: growth)
  compare("time to pull", { $0.pull.seconds }, bound: growth)
  compare("time to restore", { $0.restore.seconds - derivation }, bound: growth)
  compare("memory pushing", { Double($0.push.peakMemoryBytes) }, bound: 1.3)
  compare("memory pulling", { Double($0.pull.peakMemoryBytes) }, bound: 1.3)
  compare("memory of the server", { Double($0.serverMemoryBytes) }, bound: 1.3)
}

/// The same texts as a folder of Markdown: one push, one clone.
private func gitTransfer(entries: Int, folder: String) throws -> (push: Double, clone: Double) {
  let server = try GitServer(folder: folder + "/git")
  defer { server.process.terminate() }
  let remote = try server.makeRepository("journal", folder: folder + "/git")
  let tree = folder + "/git/tree"
  try ChildProcess.run(["git", "init", "--quiet", tree], environment: server.environment)
  var corpus = Corpus(seed: UInt64(entries))
  for number in 0..<entries {
    try writeFile("\(tree)/\(number).md", corpus.entry())
  }
  try ChildProcess.run(["git", "add", "."], environment: server.environment, folder: tree)
  try ChildProcess.run(
    ["git", "commit", "--quiet", "-m", "journal"], environment: server.environment, folder: tree)
  let push = try ChildProcess.run(
    ["git", "push", "--quiet", remote, "HEAD:refs/heads/master"], environment: server.environment,
    folder: tree)
  let clone = try ChildProcess.run(
    ["git", "clone", "--quiet", remote, folder + "/git/clone"], environment: server.environment)
  return (push.seconds, clone.seconds)
}

/// A sync with nothing new, and one with one new entry, against `curl` asking the same server once.
func benchmarkQuietSync(_ table: inout Table, journals: [FilledJournal], folder: String) throws {
  guard let small = journals.first, let large = journals.last else { return }
  for journal in [small, large] {
    try journal.machine.ebb("sync")
    try journal.puller.ebb("sync")
  }
  let report = try SyncReportFigures(try large.machine.ebb("sync", "--json").output)
  func curl(_ journal: FilledJournal) throws -> Double {
    try ChildProcess.run(
      [
        "curl", "--silent", "--insecure", "--output", "/dev/null",
        journal.server.url + "/v1/server",
      ]
    ).seconds
  }
  func withOneEntry(_ journal: FilledJournal) throws -> Double {
    try journal.machine.ebb("write", "One more line.")
    return try journal.machine.ebb("sync").seconds
  }
  let medians = try interleaved(
    rounds: 20,
    [
      { try small.machine.ebb("sync").seconds }, { try curl(small) },
      { try large.machine.ebb("sync").seconds }, { try withOneEntry(small) },
      { try withOneEntry(large) },
    ])
  let one = medians[1]
  table.add(
    "sync with nothing new, \(report.requests) request", ours: medians[0].milliseconds,
    other: "curl " + one.milliseconds, ratio: medians[0] / one, bound: 3)
  table.add(
    "the same with \(large.size) entries", ours: medians[2].milliseconds,
    other: "with \(small.size): " + medians[0].milliseconds, ratio: medians[2] / medians[0],
    bound: 1.2)
  table.add(
    "sync with one new entry", ours: medians[3].milliseconds, other: "curl " + one.milliseconds,
    ratio: medians[3] / one, bound: 3)
  table.add(
    "the same with \(large.size) entries", ours: medians[4].milliseconds,
    other: "with \(small.size): " + medians[3].milliseconds, ratio: medians[4] / medians[3],
    bound: 1.2)
}

/// One derivation of the standard strength, 128 MiB of memory by design: what a passphrase costs.
private func keyDerivationSeconds() throws -> Double {
  guard let account = AccountID([UInt8](repeating: 1, count: 16)) else { return 0 }
  let passphrase = try Passphrase("a bench is not a secret place")
  let salt = [UInt8](repeating: 2, count: 16)
  let times = try (0..<5).map { _ in
    let started = monotonicSeconds()
    _ = try RootKey(passphrase: passphrase, account: account, salt: salt, parameters: .standard)
    return monotonicSeconds() - started
  }
  return times.median
}
