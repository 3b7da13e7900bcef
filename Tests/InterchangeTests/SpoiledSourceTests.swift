import Foundation
import JournalModel
import TestSupport
import Testing

@testable import Interchange

/// Sources that were cut or changed anywhere: refused, or read as far as they are whole.
@Suite struct SpoiledSourceTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var format: ImportFormat
    var ending: String
    var bytes: [UInt8]

    var testDescription: String { "\(format) .\(ending)" }
  }

  @Test(arguments: samples) func `no source ends the program`(sample: Sample) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let path = folder.path + "/source." + sample.ending
    for round in 0..<1_500 {
      var bytes = sample.bytes
      if round < bytes.count {
        bytes.removeLast(round)
      } else {
        for _ in 0...Int.random(in: 0..<4, using: &generator) {
          spoil(&bytes, &generator)
        }
      }
      try Data(bytes).write(to: URL(filePath: path))
      let source = try ImportSource(path: path)
      do {
        _ = try ImportFormat.recognised(source)
        var run = ImportRun(.sample)
        try run.read(source, as: sample.format) { _ in }
      } catch is ImportError {
        // What cannot be read is told.
      } catch {
        Issue.record("seed \(seed), round \(round): \(error)")
      }
    }
  }

  private func spoil(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard let index = bytes.indices.randomElement(using: &generator) else { return }
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: bytes[index] = Array("\"{}[]<>&;,\\\n\0-9".utf8).randomElement(using: &generator) ?? 0
    case 2: bytes.removeSubrange(index..<min(index + 9, bytes.count))
    default: bytes.insert(contentsOf: bytes[index..<min(index + 20, bytes.count)], at: index)
    }
  }

  static var samples: [Sample] {
    let dayOne = """
      {"metadata":{"version":"1.0"},"entries":[{"uuid":"A","creationDate":"2026-11-21T07:15:00Z",
      "timeZone":"Europe\\/Berlin","text":"a\\\\. b [c](d\\\\)","tags":["x"],"photos":[{"md5":"a"}],
      "location":{"latitude":1.5,"longitude":-2e1,"placeName":"y"},"isAllDay":true}]}
      """
    let list = """
      <?xml version="1.0"?><plist version="1.0"><dict><key>Creation Date</key>
      <date>2013-06-17T18:38:29Z</date><key>Entry Text</key><string>a &amp; <![CDATA[b]]></string>
      <key>Tags</key><array><string>work</string></array><key>Starred</key><true/></dict></plist>
      """
    let table = """
      full_date,date,weekday,time,mood,activities,note_title,note
      2020-05-30,30 May,Saturday,6:50 pm,rad,a | b,,"x ""y"", <br>z &lt;"
      2020-05-30,30 May,Saturday,14:03,very tired,,"one
      two",
      """
    let backup = """
      {"customMoods":[{"id":9,"custom_name":"odd","mood_group_id":4}],"tags":[{"id":3,"name":"f"}],
      "dayEntries":[{"id":1,"minute":15,"hour":8,"day":21,"month":10,"year":2026,
      "datetime":1795245300123,"timeZoneOffset":3600000,"mood":9,"note":"a<br>b","tags":[3]}]}
      """
    let wrapped = Data(backup.utf8).base64EncodedString(options: [.lineLength64Characters])
    return [
      Sample(format: .dayone, ending: "json", bytes: Array(dayOne.utf8)),
      Sample(
        format: .dayone, ending: "zip", bytes: SampleArchive(.init("Journal.json", dayOne)).bytes),
      Sample(format: .dayone, ending: "doentry", bytes: Array(list.utf8)),
      Sample(format: .daylio, ending: "csv", bytes: Array(table.utf8)),
      Sample(format: .daylio, ending: "json", bytes: Array(backup.utf8)),
      Sample(
        format: .daylio, ending: "daylio",
        bytes: SampleArchive(.init("backup.daylio", wrapped)).bytes),
    ]
  }
}
