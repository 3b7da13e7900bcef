import Foundation
import TestSupport
import Testing

/// `ebb-server serve` as a process, on a free port of loopback.
final class ServerProcess: Sendable {
  let url: String
  let fingerprint: String
  /// Empty where there is an account already.
  let invite: String
  /// Holds the data folder, and the log as `log` unless it lies on a disk of its own.
  let folder: String
  private let disk: SmallDisk?
  private let log: String
  private let process: ChildProcess

  /// Runs `body` while a server serves from an empty folder; it is ended, however that ends.
  static func run(_ body: (ServerProcess) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(folder: folder.path)
    do {
      try await body(server)
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }

  /// Starts one; throws `ServerRefusal` if it ends before it serves.
  /// - Parameter port: `nil` for any that is free.
  /// - Parameter command: what it is started with, such as a tracer.
  init(
    folder: String, port: String? = nil, on disk: SmallDisk? = nil, with command: [String] = []
  ) async throws {
    self.folder = folder
    self.disk = disk
    log = disk.map { $0.path + ".log" } ?? folder + "/log"
    try? FileManager.default.removeItem(atPath: log)
    let output = Pipe()
    let program = try BuiltProducts.program("ebb-server").path
    process = try ChildProcess(
      (disk?.command ?? []) + command
        + [
          program, "serve", "--data", folder + "/data",
          "--listen", "127.0.0.1:" + (try port ?? Self.freePort()),
        ],
      environment: ["HOME": folder, "PATH": "/usr/bin:/bin"].merging(sanitizerSettings) { $1 },
      output: .handle(output.fileHandleForWriting), error: .file(URL(filePath: log)))
    try output.fileHandleForWriting.close()
    let values = Self.announced(by: output.fileHandleForReading)
    guard let url = values["url"], let fingerprint = values["fingerprint"] else {
      throw ServerRefusal(
        exitCode: await process.exitCode(),
        error: try String(contentsOfFile: log, encoding: .utf8))
    }
    self.url = url
    self.fingerprint = fingerprint
    invite = values["invite"] ?? ""
  }

  deinit { process.signal(SIGKILL) }

  var identifier: Int32 { process.identifier }

  /// Starts it again, when it has ended, from the same folder at the same address.
  func startedAgain() async throws -> ServerProcess {
    let port = try #require(url.split(separator: ":").last.map(String.init))
    _ = await process.exitCode()
    return try await ServerProcess(folder: folder, port: port, on: disk)
  }

  /// Runs one of the commands that administrate it, whether or not it serves.
  func administrate(_ arguments: String...) async throws -> Ended {
    let words =
      try (disk?.command ?? []) + [BuiltProducts.program("ebb-server").path] + arguments
      + ["--data", folder + "/data"]
    return try await runProgram(words[0], Array(words.dropFirst()))
  }

  /// Whether it is alive.
  func answers() async throws -> Bool {
    try await runProgram("curl", ["-sk", "--max-time", "60", url + "/healthz"]).exitCode == 0
  }

  /// Ends it politely.
  @discardableResult
  func stop() async -> Int32 {
    process.signal(SIGTERM)
    return await process.exitCode()
  }

  func kill() async {
    process.signal(SIGKILL)
    _ = await process.exitCode()
  }

  /// One that the system gives to nobody who asks for any: a server that was killed finds it free
  /// when it starts again.
  private static func freePort() throws -> String {
    for _ in 0..<100 {
      let port = UInt16.random(in: 10_000..<32_000)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      let isFree = withUnsafeBytes(of: address) { bytes in
        bytes.withMemoryRebound(to: sockaddr.self) { address in
          bind(descriptor, address.baseAddress, socklen_t(bytes.count)) == 0
        }
      }
      if isFree { return "\(port)" }
    }
    throw ServerRefusal(exitCode: 69, error: "No port is free.")
  }

  /// What it prints before it serves, in one piece, or until it ends.
  private static func announced(by handle: FileHandle) -> [String: String] {
    var text: [UInt8] = []
    while !String(decoding: text, as: UTF8.self).contains(/fingerprint: .+\n/),
      case let piece = handle.availableData, !piece.isEmpty
    {
      text += piece
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return Dictionary(
      lines.compactMap { line in
        line.firstRange(of: ": ").map {
          (String(line[..<$0.lowerBound]), String(line[$0.upperBound...]))
        }
      }, uniquingKeysWith: { $1 })
  }
}

/// A server that ended before it served.
struct ServerRefusal: Error {
  let exitCode: Int32
  let error: String
}
