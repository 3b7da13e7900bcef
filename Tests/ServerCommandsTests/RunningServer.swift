import Foundation
import TestSupport
import Testing

/// `ebb-server serve` as a process of its own, on a free port of loopback.
final class RunningServer: Sendable {
  let data: URL
  let url: String
  let fingerprint: String
  let invite: String?
  private let process: ChildProcess
  private let log: LineReader

  /// Runs `body` while a server serves from `data`; it is ended, however that ends.
  static func run(
    data: URL, _ arguments: [String] = [], _ body: (RunningServer) async throws -> Void
  ) async throws {
    let server = try await withTemporaryFolder { folder in
      try await RunningServer(data: data, arguments, output: folder.appending(path: "output"))
    }
    do {
      try await body(server)
    } catch {
      server.signal(SIGKILL)
      _ = await server.exitCode()
      throw error
    }
    server.signal(SIGTERM)
    #expect(await server.exitCode() == 0)
  }

  private init(data: URL, _ arguments: [String], output: URL) async throws {
    self.data = data
    let error = Pipe()
    process = try ChildProcess(
      [
        BuiltProducts.program("ebb-server").path, "serve", "--data", data.path,
        "--listen", "127.0.0.1:0",
      ] + arguments,
      output: .file(output), error: .handle(error.fileHandleForWriting))
    try error.fileHandleForWriting.close()
    log = LineReader(error)
    // The log's line comes after all that is printed.
    try #require(await log.next(containing: " listening ") != nil)
    let lines = String(decoding: try Data(contentsOf: output), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    url = try #require(lines.first?.dropPrefix("url: "))
    fingerprint = try #require(lines.dropFirst().first?.dropPrefix("fingerprint: "))
    invite = lines.dropFirst(2).first?.dropPrefix("invite: ")
  }

  var port: String { String(url.split(separator: ":").last ?? "") }

  func signal(_ signal: Int32) { process.signal(signal) }

  func exitCode() async -> Int32 { await process.exitCode() }

  /// The next line of the log with that text; `nil` when the log ends before.
  func logLine(containing text: String) async -> String? { await log.next(containing: text) }

  /// The body of what curl gets from a path.
  func get(_ path: String) async throws -> String {
    try await runProgram("curl", ["--silent", "--insecure", url + path]).output
  }
}

/// The lines of a pipe, as they come.
final class LineReader: Sendable {
  private let lines: AsyncStream<String>

  init(_ pipe: Pipe) {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    self.lines = lines
    let handle = pipe.fileHandleForReading
    Thread.detachNewThread {
      var rest: [UInt8] = []
      while let byte = try? handle.read(upToCount: 1)?.first {
        if byte != UInt8(ascii: "\n") {
          rest.append(byte)
        } else {
          continuation.yield(String(decoding: rest, as: UTF8.self))
          rest = []
        }
      }
      continuation.finish()
    }
  }

  func next(containing text: String) async -> String? {
    await lines.first { $0.contains(text) }
  }
}

extension String {
  fileprivate func dropPrefix(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
