private import Foundation
private import JournalModel

extension StoreEnvironment {
  /// This machine, its clock and its randomness.
  package static let live = StoreEnvironment(
    wallClockMilliseconds: {
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    },
    randomBytes: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } },
    machine: machineID(),
    hostName: hostName(),
    zones: .system)

  /// Machines without an id are told apart by name.
  private static func machineID() -> [UInt8] {
    let files = ["/etc/machine-id", "/var/lib/dbus/machine-id"]
    // Not the first of a lazy sequence, which would read it twice, and trap if it can't the second time.
    for file in files {
      if let id = bytes(ofFile: file) { return id }
    }
    return Array(hostName().utf8)
  }

  private static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func bytes(ofFile path: String) -> [UInt8]? {
    let descriptor = path.withCString { Glibc.open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 8192)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0, content.count < 1 << 20 else { return nil }
      if count == 0 { return content.isEmpty ? nil : content }
      content += buffer[..<count]
    }
  }
}
