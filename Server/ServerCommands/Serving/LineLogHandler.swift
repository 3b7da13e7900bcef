internal import Foundation
internal import Logging

/// Logs one line for each event: time, level, message, then `key=value`, in the order of keys.
struct LineLogHandler: LogHandler {
  var logLevel = Logger.Level.info
  var metadata: Logger.Metadata = [:]
  let write: @Sendable (String) -> Void

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let time = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    var line = "\(time) \(event.level) \(Self.plain(event.message.description))"
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      line += " \(key)=\(Self.value(value.description))"
    }
    write(line + "\n")
  }

  /// Bare where that is unmistakable, else in quotes.
  private static func value(_ text: String) -> String {
    let isBare =
      !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && $0.value > 0x20 && $0.value != 0x7f && $0 != "\"" && $0 != "=" && $0 != "\\"
      }
    return isBare ? text : "\"\(plain(text))\""
  }

  /// No control characters: one event stays one line, and a terminal unharmed.
  private static func plain(_ text: String) -> String {
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": plain += "\\\(scalar)"
      case "\n": plain += "\\n"
      case _ where scalar.properties.generalCategory == .control: plain += "\\u{\(scalar.value)}"
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }
}
