import Foundation
import TestSupport
import Testing

/// What `swift package dump-package` says of the project.
struct Manifest {
  /// All targets but those below `Tests/`.
  let modules: [ModuleArrows]

  /// Asked once a run.
  static func ofProject() throws -> Manifest {
    try dumped.get()
  }

  private static let dumped = Result {
    let dump = try JSONDecoder().decode(Dump.self, from: dumpPackage())
    return Manifest(modules: try dump.targets.compactMap(module))
  }

  private static func module(_ target: Dump.Target) throws -> ModuleArrows? {
    let path = target.path ?? (target.type == "test" ? "Tests/" : "Sources/") + target.name
    let folder = String(path.prefix { $0 != "/" })
    guard folder != "Tests" else { return nil }
    return ModuleArrows(
      folder: folder, name: target.name,
      ours: Set(target.dependencies.compactMap(\.target)),
      outside: Set(target.dependencies.compactMap(\.package)))
  }

  /// In a folder of its own: `swift test` holds the lock of the usual one while this runs.
  private static func dumpPackage() throws -> Data {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("ebb-manifest-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let dump = try runProgram(
      "swift",
      [
        "package", "--package-path", ProjectFiles.root, "--scratch-path", scratch.path,
        "dump-package",
      ])
    try #require(dump.exitCode == 0, "swift package dump-package failed")
    return Data(dump.standardOutput)
  }
}

/// The part of the dump that is asked for.
private struct Dump: Decodable {
  let targets: [Target]

  struct Target: Decodable {
    let name: String
    let type: String
    let path: String?
    let dependencies: [Dependency]
  }

  /// `{"byName": [name, …]}`, `{"target": [name, …]}` or `{"product": [name, package, …]}`.
  struct Dependency: Decodable {
    /// One of ours.
    let target: String?
    /// The package of a product from outside.
    let package: String?

    private enum Kind: String, CodingKey, CaseIterable {
      case byName
      case target
      case product
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: Kind.self)
      let kind = try #require(Kind.allCases.first(where: values.contains))
      var list = try values.nestedUnkeyedContainer(forKey: kind)
      let name = try list.decode(String.self)
      target = kind == .product ? nil : name
      package = kind == .product ? try list.decode(String.self) : nil
    }
  }
}
