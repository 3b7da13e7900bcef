/// One durable mood log, against the `sqlite3` shell inserting one row on the same disk.
func benchmarkCapture(
  _ table: inout Table, machinesBySize: [Int: Machine], folder: String
) throws {
  guard let least = machinesBySize.keys.min(), let greatest = machinesBySize.keys.max(),
    let small = machinesBySize[least], let large = machinesBySize[greatest]
  else { return }
  let database = folder + "/one-row.sqlite"
  try ChildProcess.run(["sqlite3", database, "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)"])
  let medians = try interleaved(
    rounds: 40,
    [
      { try small.ebb("mood", "6").seconds },
      { try ChildProcess.run(["sqlite3", database, "INSERT INTO t(b) VALUES('six')"]).seconds },
      { try small.ebb("--version").seconds },
      { try large.ebb("mood", "6").seconds },
    ])
  let (mood, shell, version, moodLarge) = (medians[0], medians[1], medians[2], medians[3])
  table.add(
    "ebb mood 6, durable", ours: mood.milliseconds, other: "sqlite3 shell " + shell.milliseconds,
    ratio: mood / shell, bound: 4)
  table.add(
    "the same less ebb --version (\(version.milliseconds))", ours: (mood - version).milliseconds,
    other: "sqlite3 shell " + shell.milliseconds, ratio: (mood - version) / shell, bound: 2)
  table.add(
    "ebb mood 6 with \(greatest) entries", ours: moodLarge.milliseconds,
    other: "with \(least): " + mood.milliseconds, ratio: moodLarge / mood, bound: 1.3)
}
