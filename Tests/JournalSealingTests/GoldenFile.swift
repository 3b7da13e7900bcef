import Foundation
import OperationLog
import SyncProtocol
import Testing

/// A file of `Golden/`: made once, by the version that first wrote the format, and read for ever.
///
/// Bytes are kept as hexadecimal text; lines that begin with `#` are comments.
struct GoldenFile {
  let text: String

  init(_ name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Golden").appendingPathComponent(name)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    text = lines.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
  }

  var bytes: [UInt8] {
    get throws {
      try #require(Hexadecimal.bytes(text.filter { !$0.isWhitespace }))
    }
  }

  static func keysDocument() throws -> KeysDocument {
    try JSONDecoder().decode(
      KeysDocument.self, from: Data(try GoldenFile("keys-document.json").text.utf8))
  }
}
