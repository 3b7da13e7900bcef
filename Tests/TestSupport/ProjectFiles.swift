/// Where the project's own files are, and the data that lies beside it on some machines.
package enum ProjectFiles {
  /// The folder of `Package.swift`.
  package static var root: String {
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  }

  /// The folder of data sets beside the project; tests use it where it is there.
  package static var sharedData: String { root + "/../shared/data" }
}
