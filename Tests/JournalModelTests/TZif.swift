import OperationLog

/// Makes TZif bytes, version 2: an empty first block, then 64-bit times, then the footer.
enum TZif {
  static func bytes(
    initialOffsetSeconds: Int32, transitions: [(at: Int64, offsetSeconds: Int32)] = [],
    footer: String
  ) -> [UInt8] {
    let offsets = [initialOffsetSeconds] + transitions.map(\.offsetSeconds)
    var bytes = header(times: 0, types: 0)
    bytes += header(times: transitions.count, types: offsets.count)
    for transition in transitions { bytes.append(bigEndian: UInt64(bitPattern: transition.at)) }
    bytes += transitions.indices.map { UInt8($0 + 1) }
    for offset in offsets {
      bytes.append(bigEndian: UInt32(bitPattern: offset))
      bytes += [0, 0]
    }
    return bytes + Array("\n\(footer)\n".utf8)
  }

  private static func header(times: Int, types: Int) -> [UInt8] {
    var bytes = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
    for count in [0, 0, 0, times, types, 0] { bytes.append(bigEndian: UInt32(count)) }
    return bytes
  }

  /// A few zones, always there.
  static func zone(_ name: String) -> [UInt8]? {
    switch name {
    case "Europe/Berlin":
      bytes(
        initialOffsetSeconds: 3208, transitions: [(-2_422_054_408, 3600)],
        footer: "CET-1CEST,M3.5.0,M10.5.0/3")
    case "America/New_York":
      bytes(initialOffsetSeconds: -18_000, footer: "EST5EDT,M3.2.0,M11.1.0")
    case "Australia/Lord_Howe":
      bytes(initialOffsetSeconds: 37_800, footer: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0")
    case "Pacific/Apia":
      bytes(
        initialOffsetSeconds: -39_600,
        transitions: [
          (1_285_498_800, -36_000), (1_301_752_800, -39_600), (1_316_872_800, -36_000),
          (1_325_239_200, 50_400), (1_333_202_400, 46_800),
        ],
        footer: "<+13>-13")
    case "America/Sao_Paulo":
      bytes(
        initialOffsetSeconds: -10_800,
        transitions: [(1_541_300_400, -7200), (1_550_368_800, -10_800)], footer: "<-03>3")
    default: nil
    }
  }
}
