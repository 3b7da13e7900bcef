import Foundation
import TestSupport
import Testing

/// `ebb-server serve` as a process, on a free port of loopback.
final class ServerProcess: Sendable {
  let url: String
  let fingerprint: String
  let invite: String
  /// Holds the data folder, and the log as `log`.
  let folder: String
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

  private init(folder: String) async throws {
    self.folder = folder
    let output = Pipe()
    process = try ChildProcess(
      [
        BuiltProducts.program("ebb-server").path, "serve", "--data", folder + "/data",
        "--listen", "127.0.0.1:0",
      ],
      environment: ["HOME": folder, "PATH": "/usr/bin:/bin"].merging(sanitizerSettings) { $1 },
      output: .handle(output.fileHandleForWriting), error: .file(URL(filePath: folder + "/log")))
    try output.fileHandleForWriting.close()
    let values = Self.firstLines(3, of: output.fileHandleForReading)
    url = try #require(values["url"])
    fingerprint = try #require(values["fingerprint"])
    invite = try #require(values["invite"])
  }

  private static func firstLines(_ count: Int, of handle: FileHandle) -> [String: String] {
    var text: [UInt8] = []
    while text.count(where: { $0 == 0x0A }) < count,
      let byte = try? handle.read(upToCount: 1)?.first
    {
      text.append(byte)
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return Dictionary(
      lines.compactMap { line in
        line.firstRange(of: ": ").map {
          (String(line[..<$0.lowerBound]), String(line[$0.upperBound...]))
        }
      }, uniquingKeysWith: { $1 })
  }

  private func stop() async {
    process.signal(SIGTERM)
    _ = await process.exitCode()
  }
}
