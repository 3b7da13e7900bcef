package import Foundation

/// The programs that were built together with the tests that run.
package enum BuiltProducts {
  /// The folder of the running test program, which is that of all products.
  package static var folder: URL {
    get throws {
      let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return URL(fileURLWithPath: program).deletingLastPathComponent()
    }
  }

  /// The program of that name, such as `ebb-server`.
  package static func program(_ name: String) throws -> URL {
    try folder.appendingPathComponent(name)
  }
}
