/// Bringing in 100,000 lines of JSON, against the sqlite3 shell putting the same rows and the same
/// index into an empty database.
func benchmarkImport(_ table: inout Table, programs: String, folder: String) throws {
  let count = 100_000
  let source = folder + "/import.jsonl"
  try writeLines(count, to: source)
  let first = try Machine(home: folder + "/import", programs: programs)
  let peak = try first.ebb("import", source, watchingMemory: true).peakMemoryBytes
  let script = try bareScript(
    journal: first.home + "/journal.sqlite", source: source, folder: folder)

  var round = 0
  let medians = try interleaved(
    rounds: 3,
    [
      {
        round += 1
        let machine = try Machine(home: folder + "/import-\(round)", programs: programs)
        let seconds = try machine.ebb("import", source).seconds
        try ChildProcess.run(["rm", "-r", machine.home])
        return seconds
      },
      {
        let database = folder + "/bare.sqlite"
        try ChildProcess.run(["rm", "-f", database])
        return try ChildProcess.run(["sqlite3", "-bail", database, ".read \(script)"]).seconds
      },
    ])
  let (ours, bare) = (medians[0], medians[1])
  table.add(
    "ebb import of \(count) lines of 600 bytes", ours: ours.seconds,
    other: "bare SQLite " + bare.seconds, ratio: ours / bare, bound: 3)
  table.add(
    "entries a second in it", ours: (Double(count) / ours).fixed(0), other: "10000",
    ratio: 10_000 * ours / Double(count), bound: 1)
  table.add(
    "memory at its peak", ours: peak.mebibytes, other: "100 MiB",
    ratio: Double(peak) / (100 * 1_048_576), bound: 1)
}

private func writeLines(_ count: Int, to path: String) throws {
  var corpus = Corpus(seed: 7)
  var text = ""
  for number in 0..<count {
    let (year, day) = (1990 + number / 3650, number % 3650 / 10)
    let date = "\(year)-\(twoDigits(day / 28 % 12 + 1))-\(twoDigits(day % 28 + 1))"
    let time = "T\(twoDigits(number % 24)):15:00Z"
    text += "{\"date\":\"\(date)\(time)\",\"text\":\"\(corpus.entry())\"}\n"
  }
  try writeFile(path, text)
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// What the shell has to do: the rows as Ebb has written them, and an index of the same words.
private func bareScript(journal: String, source: String, folder: String) throws -> String {
  let words = folder + "/words.sqlite"
  let reading = folder + "/words.sql"
  // A line of the source has no byte 1, so each becomes one column.
  try writeFile(
    reading,
    """
    CREATE TABLE line(json TEXT);
    .mode ascii
    .separator "\\001" "\\n"
    .import \(source) line
    CREATE TABLE words(row INTEGER PRIMARY KEY, prose TEXT);
    INSERT INTO words SELECT rowid, json_extract(json, '$.text') FROM line;
    DROP TABLE line;
    """)
  try ChildProcess.run(["sqlite3", "-bail", words, ".read \(reading)"])
  let tables = ["operation", "record", "label"]
  let named = (tables + ["search"]).map { "'\($0)'" }.joined(separator: ",")
  let schema = try ChildProcess.run([
    "sqlite3", journal,
    "SELECT sql || ';' FROM sqlite_schema WHERE tbl_name IN (\(named)) AND sql IS NOT NULL "
      + "ORDER BY type DESC",
  ]).output
  let script = folder + "/bare.sql"
  try writeFile(
    script,
    """
    PRAGMA journal_mode = TRUNCATE;
    PRAGMA synchronous = FULL;
    ATTACH '\(journal)' AS ebb;
    ATTACH '\(words)' AS words;
    BEGIN;
    \(schema)
    INSERT INTO search(search, rank) VALUES ('hashsize', 4194304);
    \(tables.map { "INSERT INTO main.\($0) SELECT * FROM ebb.\($0);" }.joined(separator: "\n"))
    INSERT INTO search(rowid, prose) SELECT row, prose FROM words.words;
    COMMIT;
    """)
  return script
}
