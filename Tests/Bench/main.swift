import Glibc

// Prints ratios, never verdicts on one machine's seconds: each pair is interleaved in one run.
// Usage: bench PROGRAMS FOLDER [SIZE…]   PROGRAMS holds the built ebb and ebb-server.

let arguments = CommandLine.arguments.dropFirst()
guard let programs = arguments.first, let folder = arguments.dropFirst().first else {
  complain("usage: bench PROGRAMS FOLDER [SIZE…]")
  exit(64)
}
let sizes = arguments.dropFirst(2).compactMap { Int($0) }.sorted()

do {
  try runBenchmarks(
    sizes: sizes.isEmpty ? [1_000, 10_000, 100_000] : sizes, programs: programs, folder: folder)
} catch {
  complain("bench: \(error)")
  exit(1)
}

func runBenchmarks(sizes: [Int], programs: String, folder: String) throws {
  var table = Table()
  let journals = try sizes.map {
    try FilledJournal(size: $0, programs: programs, folder: folder)
  }
  defer { for journal in journals { journal.server.process.terminate() } }
  let machinesBySize = Dictionary(
    journals.map { ($0.size, $0.machine) }, uniquingKeysWith: { first, _ in first })
  let gitSize = sizes.contains(10_000) ? 10_000 : sizes[0]

  try benchmarkTransfers(
    &table, journals: journals, gitSize: gitSize, programs: programs, folder: folder)
  try benchmarkQuietSync(&table, journals: journals, folder: folder)
  try benchmarkReading(&table, machinesBySize: machinesBySize)
  try benchmarkCapture(&table, machinesBySize: machinesBySize, folder: folder)
  try benchmarkImport(&table, programs: programs, folder: folder)
  try benchmarkInsights(&table, programs: programs, folder: folder)
  if let smallest = journals.first { try benchmarkFollow(&table, journal: smallest) }
  print("\n" + table.text)
}
