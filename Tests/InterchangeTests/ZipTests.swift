import Foundation
import TestSupport
import Testing

@testable import Interchange

@Suite struct ZipTests {
  private typealias File = SampleArchive.File

  @Test func `files bear the time at which they were made`() throws {
    var written: [UInt8] = []
    var zip = ZipWriter(now: 1_795_272_130_000) { written += $0 }
    try zip.add(try ZipWriter.File(name: "a"))
    try zip.finish()
    let stamp = written[10..<14].map(Int.init)
    let (time, date) = (stamp[0] | stamp[1] << 8, stamp[2] | stamp[3] << 8)
    let clock: [Int] = [time >> 11, (time >> 5) & 63, (time & 31) * 2]
    let day: [Int] = [(date >> 9) + 1980, (date >> 5) & 15, date & 31]
    #expect(clock == [14, 42, 10])
    #expect(day == [2026, 11, 21])
  }

  @Test func `stored files are read as they are`() throws {
    var sample = SampleArchive(
      File("a/"), File("a/b.json", "{}"), File("Tagebuch für Mara.json", ""))
    sample.files[0] = File("a/", "")
    sample.comment = Array("PK\u{5}\u{6} is no end of it".utf8)
    let archive = try ZipArchive(sample.bytes)
    #expect(archive.entries.map(\.name) == ["a/", "a/b.json", "Tagebuch für Mara.json"])
    #expect(archive.entries.map(\.isFolder) == [true, false, false])
    #expect(try archive.entries.map { try archive.contents(of: $0) } == [[], Array("{}".utf8), []])
  }

  @Test func `sizes after the data and sizes of zip64 are read`() throws {
    var large = File("large", "some words")
    large.extra = SampleArchive.little(1 as UInt16) + SampleArchive.little(16 as UInt16)
    large.extra += SampleArchive.little(10 as UInt64) + SampleArchive.little(10 as UInt64)
    large.count = .max
    large.packedCount = .max
    // The local header of a file of unknown size says nothing about it.
    large.hasDescriptor = true
    var sample = SampleArchive(File("small"), large)
    sample.files[0].hasDescriptor = true
    sample.isLarge = true
    let archive = try ZipArchive(sample.bytes)
    let texts = try archive.entries.map { try archive.contents(of: $0) }
    #expect(texts == [Array("words".utf8), Array("some words".utf8)])
  }

  @Test(arguments: [0, 1, 600, 65_535, 65_536, 65_537, 3_000_000])
  func `what is written is read`(count: Int) throws {
    var generator = SeededGenerator(seed: 7)
    let bytes = (0..<count).map { _ in UInt8.random(in: 0..<16, using: &generator) }
    let written = try archive(["a.json": bytes, "Übersicht.json": Array(bytes.reversed())])
    let archive = try ZipArchive(written)
    #expect(archive.entries.map(\.name) == ["a.json", "Übersicht.json"])
    #expect(try archive.contents(of: archive.entries[0]) == bytes)
    #expect(try archive.contents(of: archive.entries[1]) == bytes.reversed())
    #expect(count < 600 || written.count < bytes.count * 3 / 2)
  }

  @Test(arguments: [
    ("../evil.json", ZipError.Reason.climbs), ("/etc/passwd", .climbs), ("a/../../b", .climbs),
    ("a\\..\\..\\b", .climbs), ("C:evil", .climbs), ("a\0b", .damaged), ("", .damaged),
  ])
  func `a path that leads out of it makes all of it refused`(
    name: String, reason: ZipError.Reason
  ) {
    #expect(self.reason(of: SampleArchive(File("fine"), File(name)).bytes) == reason)
  }

  @Test func `names with two dots lead nowhere`() {
    #expect(reason(of: SampleArchive(File("a..b"), File("..c/d")).bytes) == nil)
  }

  @Test func `an archive that contradicts itself is refused`() {
    func reason(_ change: (inout SampleArchive) -> Void) -> ZipError.Reason? {
      var sample = SampleArchive(File("a"), File("b"))
      change(&sample)
      return self.reason(of: sample.bytes)
    }
    #expect(reason { $0.files[1] = File("a") } == .namedTwice)
    #expect(reason { $0.files[1].offset = 0 } == .overlaps)
    #expect(reason { $0.files[0].packedCount = 40 } == .overlaps)
    #expect(reason { $0.files[1].packedCount = 5_000 } == .damaged)
    #expect(reason { $0.files[0].flags |= 1 } == .encrypted)
    #expect(reason { $0.files[0].method = 99 } == .encrypted)
    #expect(reason { $0.files[0].method = 12 } == .unknownMethod(12))
    #expect(reason { $0.files[0].checksum ^= 1 } == .wrongChecksum)
    #expect(reason { $0.files[0].localName = [0x62] } == .damaged)
    #expect(reason { $0.files[0].count = 4 } == .damaged)
    #expect(reason { $0.disk = 1 } == .split)
  }

  @Test func `an archive that was cut anywhere is refused, and never read beyond its end`() throws {
    let whole = try archive(["a.json": Array("some words of some weight".utf8)])
    #expect(reason(of: whole) == nil)
    for count in whole.indices {
      #expect(reason(of: Array(whole[..<count])) != nil, "cut to \(count)")
    }
    #expect(reason(of: Array(whole.dropLast())) == .endsEarly)
    #expect(reason(of: []) == .notAnArchive)
    #expect(reason(of: Array("no archive at all, but words".utf8)) == .notAnArchive)
  }

  @Test func `a flipped bit is found, or changes nothing of the words`() throws {
    let words = Array("some words of some weight".utf8)
    let whole = try archive(["a.json": words])
    for index in whole.indices {
      for bit in 0..<8 {
        var flipped = whole
        flipped[index] ^= 1 << bit
        guard let archive = try? ZipArchive(flipped), let entry = archive.entries.first,
          let read = try? archive.contents(of: entry)
        else { continue }
        #expect(read == words, "bit \(bit) of byte \(index)")
      }
    }
  }

  @Test func `a bomb is refused before it goes off`() throws {
    let zeros = [UInt8](repeating: 0, count: 16 << 20)
    #expect(reason(of: try archive(["bomb.json": zeros])) == .bomb)
    // One that says it is small.
    var bytes = try archive(["bomb.json": Array(zeros.prefix(1 << 20))])
    let directory = try #require(bytes.firstIndex(of: [0x50, 0x4b, 1, 2]))
    bytes.replaceSubrange(directory + 24..<directory + 28, with: [5, 0, 0, 0])
    let archive = try ZipArchive(bytes)
    var count = 0
    #expect(throws: ZipError(.damaged, in: "bomb.json")) {
      try archive.read(archive.entries[0]) {
        count += $0.count
        return true
      }
    }
    #expect(count == 0)
  }

  @Test func `the beginning of a file needs no more than that`() throws {
    let archive = try ZipArchive(archive(["a": [UInt8](repeating: 65, count: 1 << 20)]))
    #expect(try archive.beginning(of: archive.entries[0], countMax: 3) == [65, 65, 65])
    #expect(throws: ZipError(.bomb, in: "a")) {
      try archive.contents(of: archive.entries[0], countMax: 1000)
    }
  }

  @Test func `errors of a file are told as those of the import`() throws {
    let folder = try TemporaryFolder()
    func error(_ bytes: [UInt8]) -> ImportError? {
      let path = folder.path + "/sample.zip"
      do {
        try Data(bytes).write(to: URL(filePath: path))
        _ = try ZipSource.archive(ImportSource(path: path))
        return nil
      } catch {
        return error as? ImportError
      }
    }
    #expect(error(SampleArchive(File("a")).bytes) == nil)
    guard case .unsafeArchive? = error(SampleArchive(File("../a")).bytes) else {
      Issue.record("a climbing path is not safe")
      return
    }
    guard
      case .damaged(_, let reason)? = error(SampleArchive(File("a")).bytes.dropLast(3).map { $0 })
    else {
      Issue.record("a cut archive is damaged")
      return
    }
    #expect(reason == "it ends in the middle")
  }

  private func archive(_ files: KeyValuePairs<String, [UInt8]>) throws -> [UInt8] {
    var written: [UInt8] = []
    var zip = ZipWriter(now: 1_795_258_800_000) { written += $0 }
    for (name, bytes) in files {
      var file = try ZipWriter.File(name: name)
      for start in stride(from: 0, to: bytes.count, by: 10_000) {
        file.append(Array(bytes[start..<min(start + 10_000, bytes.count)]))
      }
      try zip.add(file)
    }
    try zip.finish()
    return written
  }

  /// Why it, or a file in it, is refused.
  private func reason(of bytes: [UInt8]) -> ZipError.Reason? {
    do {
      let archive = try ZipArchive(bytes)
      for entry in archive.entries { _ = try archive.contents(of: entry) }
      return nil
    } catch {
      return (error as? ZipError)?.reason
    }
  }
}

extension [UInt8] {
  fileprivate func firstIndex(of part: [UInt8]) -> Int? {
    indices.first { self[$0...].starts(with: part) }
  }
}
