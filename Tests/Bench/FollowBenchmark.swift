import Glibc
import JournalStore

/// From a push on one machine to the words on another that follows.
func benchmarkFollow(_ table: inout Table, journal: FilledJournal) throws {
  try journal.machine.ebb("sync")
  let follower = try ChildProcess(
    [journal.puller.program, "sync", "--follow"], environment: journal.puller.environment)
  defer {
    // Not SIGINT, which what runs in the background may have to ignore.
    kill(follower.id, SIGTERM)
    _ = follower.wait()
  }
  let store = try JournalStore.open(folder: journal.puller.home, environment: .live)
  func operations() throws -> Int { try store.summary().operations }

  var delays: [Double] = []
  for round in 0..<12 {
    // Let the follower settle: what it pulled last must be all there is.
    let before = try operations()
    try journal.machine.ebb("write", "Round \(round).")
    let started = monotonicSeconds()
    try journal.machine.ebb("sync")
    while try operations() == before {
      guard monotonicSeconds() - started < 10 else { throw BenchError("the follower is silent") }
      usleep(2_000)
    }
    if round >= 2 { delays.append(monotonicSeconds() - started) }
  }
  table.add(
    "a push here to the words there, under --follow", ours: delays.median.milliseconds,
    other: "1 s", ratio: delays.median, bound: 1)
}
