import Foundation
import TestSupport
import Testing

/// The table in `docs/architecture.md` and `Package.swift` say the same.
@Suite struct ArchitectureTests {
  @Test func `the manifest draws exactly the arrows of the table`() throws {
    let drawn = try Manifest.ofProject().modules
    let described = try ArchitectureTable.ofProject().modules
    #expect(described.count > 10)
    for name in Set(drawn.map(\.name)).union(described.map(\.name)).sorted() {
      let module = drawn.first { $0.name == name }
      let row = described.first { $0.name == name }
      #expect(
        module == row,
        "\(name): bring Package.swift and the table in docs/architecture.md together")
    }
    #expect(Set(described.map(\.name)).count == described.count)
  }

  @Test func `client and server meet in what they share only`() throws {
    let modules = try Manifest.ofProject().modules
    let folders = Dictionary(uniqueKeysWithValues: modules.map { ($0.name, $0.folder) })
    for module in modules where ["Client", "Server", "Shared"].contains(module.folder) {
      for import_ in module.ours {
        let folder = folders[import_] ?? "nowhere"
        let mayImport = [module.folder, "Shared", "Sources"].contains(folder)
        #expect(mayImport, "\(module.name) imports \(import_) of \(folder)")
      }
    }
  }

  @Test func `the server cannot read the journal`() throws {
    let modules = try Manifest.ofProject().modules
    let reachable = reach(from: modules.filter { $0.folder == "Server" }.map(\.name), modules)
    #expect(reachable.contains("OperationLog"))
    #expect(!reachable.contains("JournalModel"))
    #expect(!reachable.contains("JournalSealing"))
  }

  @Test func `what is shared needs no database and no web server`() throws {
    for module in try Manifest.ofProject().modules where module.folder == "Shared" {
      #expect(module.outside.isDisjoint(with: ["GRDB.swift", "hummingbird"]), "\(module.name)")
    }
  }

  @Test func `only tests import what tests share`() throws {
    for module in try Manifest.ofProject().modules {
      #expect(module.ours.isDisjoint(with: ["TestSupport", "Simulation"]), "\(module.name)")
    }
  }

  private func reach(from names: [String], _ modules: [ModuleArrows]) -> Set<String> {
    var reached = Set(names)
    var next = names
    while let name = next.popLast() {
      let imports = modules.first { $0.name == name }?.ours ?? []
      next += imports.subtracting(reached)
      reached.formUnion(imports)
    }
    return reached
  }
}

/// A module and what it imports.
struct ModuleArrows: Hashable {
  /// `Shared`, `Client`, `Server` or `Sources`.
  let folder: String
  let name: String
  let ours: Set<String>
  /// Names of packages.
  let outside: Set<String>
}
