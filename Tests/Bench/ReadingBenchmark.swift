/// Listing the last ten and finding a rare word, in a large journal against a small one.
func benchmarkReading(_ table: inout Table, machinesBySize: [Int: Machine]) throws {
  guard let least = machinesBySize.keys.min(), let greatest = machinesBySize.keys.max(),
    let small = machinesBySize[least], let large = machinesBySize[greatest]
  else { return }
  let medians = try interleaved(
    rounds: 30,
    [
      { try small.ebb("list", "--limit", "10").seconds },
      { try large.ebb("list", "--limit", "10").seconds },
      { try small.ebb("search", Corpus.rareWord).seconds },
      { try large.ebb("search", Corpus.rareWord).seconds },
    ])
  table.add(
    "ebb list --limit 10 with \(greatest) entries", ours: medians[1].milliseconds,
    other: "with \(least): " + medians[0].milliseconds, ratio: medians[1] / medians[0], bound: 2)
  table.add(
    "ebb search RAREWORD with \(greatest) entries", ours: medians[3].milliseconds,
    other: "with \(least): " + medians[2].milliseconds, ratio: medians[3] / medians[2], bound: 2)
}
