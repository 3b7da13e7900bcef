import OperationLog

/// The text of the `have` register: `DEVICE:SEQUENCE`, separated by spaces.
struct HaveText {
  let lastByDevice: [(DeviceID, Sequence)]

  init(lastByDevice: [(DeviceID, Sequence)]) {
    self.lastByDevice = lastByDevice
  }

  /// What cannot be read is left out: another version may have written it.
  init(_ text: String) {
    // Of each machine with each sync: parted by bytes.
    var text = text
    lastByDevice = text.withUTF8 { utf8 in
      utf8.split(separator: UInt8(ascii: " ")).compactMap { part in
        let fields = part.split(separator: UInt8(ascii: ":")).map {
          String(decoding: $0, as: UTF8.self)
        }
        guard fields.count == 2, let device = DeviceID(fields[0]), let last = UInt64(fields[1]),
          last <= Sequence.max.rawValue
        else { return nil }
        return (device, Sequence(last))
      }
    }
  }

  func covers(_ id: OperationID) -> Bool {
    lastByDevice.contains { $0.0 == id.device && $0.1 >= id.sequence }
  }

  var text: String {
    lastByDevice.sorted { $0.0 < $1.0 }.map { "\($0):\($1)" }.joined(separator: " ")
  }
}
