private import Glibc

/// A way through a folder and the folders in it, in the order of their names.
///
/// Links are not followed: what they show stands in the folder already, or does not belong to it.
struct FolderWalk {
  let root: String

  enum Item {
    case file
    case folder
    case link
    /// A device, a pipe.
    case other
  }

  /// Where the walk goes from an item.
  enum Step {
    /// On, and into a folder.
    case on
    /// Past a folder.
    case past
    case end
  }

  private static let depthMax = 64

  /// - Parameter visit: gets paths relative to the root.
  /// - Throws: `ImportError.unreadable` for the root itself; what else cannot be read is noted as a
  ///   fault. And what `visit` throws.
  func run(
    _ report: inout ImportReport,
    _ visit: (_ path: String, Item, inout ImportReport) throws -> Step
  ) throws {
    guard let names = SystemFiles.names(in: root) else {
      throw ImportError.unreadable(path: root, systemError: errno)
    }
    _ = try read(names, of: "", depth: 0, &report, visit)
  }

  /// False once `visit` has ended it.
  private func read(
    _ names: [String], of folder: String, depth: Int, _ report: inout ImportReport,
    _ visit: (String, Item, inout ImportReport) throws -> Step
  ) throws -> Bool {
    for name in names.sorted() {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      let place = SourcePlace(file: path)
      guard let item = item(path) else {
        report.fault(.unreadable(systemError: errno), place)
        continue
      }
      switch try visit(path, item, &report) {
      case .end: return false
      case .on where item == .folder:
        guard depth < Self.depthMax else {
          report.fault(.malformed("the folders are nested too deeply"), place)
          continue
        }
        guard let inside = SystemFiles.names(in: "\(root)/\(path)") else {
          report.fault(.unreadable(systemError: errno), place)
          continue
        }
        guard try read(inside, of: path, depth: depth + 1, &report, visit) else { return false }
      case .on, .past: break
      }
    }
    return true
  }

  /// `nil`, and `errno` says why, for what is not there any more.
  private func item(_ path: String) -> Item? {
    var status = stat()
    guard lstat("\(root)/\(path)", &status) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }
}
