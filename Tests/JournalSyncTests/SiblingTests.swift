import JournalModel
import JournalStore
import OperationLog
import Testing

@testable import JournalSync

struct `Texts written on two machines at once` {
  @Test func `are told once, settled once, and then are one text everywhere`() async throws {
    try await withServer { server, folder in
      let (a, b, c) = (
        try Machine(in: folder, "a"), try Machine(in: folder, "b"), try Machine(in: folder, "c")
      )
      for machine in [a, b, c] { try await machine.restore(from: server) }
      let id = try a.write("before")
      for machine in [a, b, c] { _ = try await machine.client.sync() }

      for (machine, text) in [(a, "from a"), (b, "from b"), (c, "from c")] {
        try machine.edit(id, text: text)
      }
      for machine in [a, b, c, a, b] { _ = try await machine.client.sync() }
      for machine in [a, b, c] {
        #expect(try machine.store.news() == MergeNews(contested: [id]))
        try machine.store.forgetNews(try machine.store.news())
        #expect(try machine.store.state(of: id)?.registers[.text]?.siblings.count == 2)
      }

      try b.store.write(editing: id) { try $0.settling(.text, by: .text("all three")) }
      for machine in [b, a, c, b] {
        #expect(try await machine.client.sync().conflicts == 0)
        #expect(try machine.store.news().isEmpty)
      }
      try expectConverged(a, b, c)
      #expect(try c.texts() == ["all three"])
      #expect(try c.store.summary().conflicts == 0)

      let d = try Machine(in: folder, "d")
      try await d.restore(from: server)
      #expect(try d.store.history(of: id) == c.store.history(of: id))
      #expect(try d.store.history(of: id).count == 5)
      #expect(try Set(d.store.machineNames().values).isSuperset(of: ["a", "b", "c"]))
    }
  }

  @Test func `are told by the next sync that somebody sees, if one in the background took them`()
    async throws
  {
    try await withServer { server, folder in
      let (a, b) = (try Machine(in: folder, "a"), try Machine(in: folder, "b"))
      try await a.restore(from: server)
      try await b.restore(from: server)
      let id = try a.write("before")
      let other = try a.write("to be deleted")
      _ = try await a.client.sync()
      _ = try await b.client.sync()
      try a.edit(id, text: "from a")
      try a.edit(other, text: "edited after all")
      try b.edit(id, text: "from b")
      try b.store.write(editing: other) { $0.trashing() }
      _ = try await a.client.sync()
      #expect(try await b.client.syncInBackground()?.conflicts == 1)
      #expect(try await b.client.sync().conflicts == 0)
      #expect(try b.store.news() == MergeNews(contested: [id], returned: [other]))
    }
  }
}
