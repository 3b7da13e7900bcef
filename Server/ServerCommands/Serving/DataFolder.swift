internal import Foundation
internal import Glibc

/// The folder that holds everything a server keeps, for its owner only.
struct DataFolder: Hashable, Sendable {
  let path: String

  /// Throws when neither a path is given nor a home folder known.
  init(path: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    if let path {
      guard !path.isEmpty else { throw CommandFailure(.badOption, "The data folder has no name.") }
      self.path = URL(fileURLWithPath: path).standardizedFileURL.path
    } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      self.path = data + "/ebb-server"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      self.path = home + "/.local/share/ebb-server"
    } else {
      throw CommandFailure(.badOption, "There is no home folder; say --data DIR.")
    }
  }

  var database: String { path + "/server.sqlite" }
  var certificate: String { path + "/certificate.pem" }
  var key: String { path + "/key.pem" }
  var socketName: String { "control.sock" }

  var hasDatabase: Bool { FileManager.default.fileExists(atPath: database) }

  /// Whether nothing is in the database's file: a first start was cut short, or the disk has lost it.
  var hasEmptyDatabase: Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: database)
    return (attributes?[.size] as? NSNumber)?.intValue == 0
  }

  /// Makes the folder and those above it, 0700.
  func make() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      // Foundation leaves no error number; asking again does.
      mkdir(path, 0o700)
      throw CommandFailure(
        .disk, "The folder \(path) cannot be made: \(String(cString: strerror(errno))).")
    }
    guard chmod(path, 0o700) == 0, access(path, W_OK | X_OK) == 0 else {
      throw CommandFailure(
        .disk, "The folder \(path) cannot be used: \(String(cString: strerror(errno))).")
    }
  }
}
