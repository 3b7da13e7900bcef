import Foundation
import JournalStore
import OperationLog
import Testing

@testable import JournalSync

struct `Following a server` {
  @Test(.timeLimit(.minutes(20)))
  func `brings what another machine writes, and sends what is written here`()
    async throws
  {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      let (events, continuation) = AsyncStream.makeStream(of: FollowEvent.self)
      let follower = Task {
        try await b.client.follow { continuation.yield($0) }
      }
      var iterator = events.makeAsyncIterator()
      func nextReport() async throws -> SyncReport {
        while let event = await iterator.next() {
          if case .synced(let report) = event { return report }
        }
        throw CancellationError()
      }
      _ = try await nextReport()

      for number in 0..<3 {
        try a.write("From a, \(number)")
        _ = try await a.client.sync()
        var pulled = 0
        while pulled == 0 { pulled = try await nextReport().pulled }
        #expect(try b.texts().contains("From a, \(number)"))
      }

      let other = try Machine(in: folder, "b", mode: .existing)
      try other.write("From b, by another command")
      var pushed = 0
      while pushed == 0 { pushed = try await nextReport().pushed }
      _ = try await a.client.sync()
      #expect(try a.texts().contains("From b, by another command"))

      follower.cancel()
      await #expect(throws: CancellationError.self) { try await follower.value }
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `is heard of every day, though nobody writes`() async throws {
    let clock = SetClock(1_700_000_000_000)
    try await withServer(clock: clock) { server, folder in
      let a = try Machine(in: folder, "a", wallClock: { clock.now() })
      let b = try Machine(in: folder, "b", wallClock: { clock.now() })
      for machine in [a, b, a] { try await machine.restore(from: server) }
      try await settle(a, b)
      func heard() throws -> Int64? {
        try a.store.machines().first { $0.name == "b" }?.lastHeardFrom
      }
      let before = try #require(try heard())
      let (started, begin) = AsyncStream.makeStream(of: Void.self)
      let follower = Task { try await b.client.follow { _ in begin.yield() } }
      _ = await started.first { _ in true }
      clock.set(clock.now() + 24 * 60 * 60 * 1000)
      // What a writes of itself wakes b.
      repeat { _ = try await a.client.sync() } while try heard() == before
      follower.cancel()
      await #expect(throws: CancellationError.self) { try await follower.value }
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `ends when another file takes the journal's place`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      let (started, begin) = AsyncStream.makeStream(of: Void.self)
      let follower = Task { try await a.client.follow { _ in begin.yield() } }
      _ = await started.first { _ in true }
      let path = a.store.path
      try FileManager.default.copyItem(atPath: path, toPath: path + ".new")
      #expect(rename(path + ".new", path) == 0)
      await expectFailure(.journalReplaced) { try await follower.value }
    }
  }

  @Test(.timeLimit(.minutes(20)))
  func `ends when the session does`() async throws {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      let (started, begin) = AsyncStream.makeStream(of: Void.self)
      let follower = Task { try await b.client.follow { _ in begin.yield() } }
      _ = await started.first { _ in true }
      try await a.client.revoke(b.store.installation)
      await expectFailure(.sessionEnded) { try await follower.value }
    }
  }
}

struct `Words of a journal` {
  @Test func `are in no body that goes to or comes from the server`() async throws {
    try await withServer { server, folder in
      let transport = FaultyTransport()
      let words = ["perpendicular-heron", "Marguerite", "quicksilver"]
      let a = try Machine(in: folder, "perpendicular-heron", transport: transport)
      try await a.restore(from: server)
      try a.write("\(words[1]) stood by the \(words[2]) river")
      _ = try await a.client.sync()
      let b = try Machine(in: folder, "b", transport: transport)
      try await b.restore(from: server)
      #expect(try b.texts().first?.contains(words[1]) == true)
      let bodies = transport.exchanges.flatMap { [$0.requestBody, $0.answerBody] }
      #expect(bodies.count > 8)
      for body in bodies {
        for word in words {
          #expect(Data(body).range(of: Data(word.utf8)) == nil)
          #expect(Data(body).range(of: Data(word.lowercased().utf8)) == nil)
        }
      }
      // The same search does find what is known to be there.
      #expect(bodies.contains { Data($0).range(of: Data("ada".utf8)) != nil })
    }
  }
}

struct `A sync in the background` {
  @Test func `sends all there is, and leaves one to do it`() async throws {
    try await withServer { server, folder in
      let a = try Machine(in: folder, "a")
      try await a.restore(from: server)
      try a.write("One")
      do {
        let held = try FileLock.take(a.client.backgroundLockPath)
        #expect(try await a.client.syncInBackground() == nil)
        withExtendedLifetime(held) {}
      }
      #expect(try await a.client.syncInBackground()?.pushed == 1)
    }
  }

  @Test func `is a process without secrets in arguments or environment`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ebb-background-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appendingPathComponent("seen")
    BackgroundSync.startIfNeeded(
      program: "/bin/sh",
      arguments: [
        "-c", "env > '\(output.path).part' && mv '\(output.path).part' '\(output.path)'",
      ],
      folder: folder.path,
      environment: [
        "EBB_HOME": folder.path, "EBB_PASSPHRASE": "secret", "PATH": "/usr/bin:/bin",
      ])
    try await FileWatch.waitFor(output.path)
    let seen = try String(contentsOf: output, encoding: .utf8)
    #expect(seen.contains("EBB_HOME=\(folder.path)"))
    #expect(!seen.contains("secret"))
  }

  @Test func `is not started while one runs`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ebb-background-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path + "/" + BackgroundSync.lockName
    let held = try FileLock.take(path)
    #expect(held != nil)
    #expect(!BackgroundSync.isNeeded(folder: folder.path))
    withExtendedLifetime(held) {}
  }

  @Test func `finds nobody in its way when it is needed`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "ebb-background-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(BackgroundSync.isNeeded(folder: folder.path))
    #expect(try FileLock.take(folder.path + "/" + BackgroundSync.lockName) != nil)
  }
}
