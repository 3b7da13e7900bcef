import Foundation

enum FileCopy {
  static func copy(_ folder: String, to other: String) throws {
    try FileManager.default.copyItem(atPath: folder, toPath: other)
  }
}
