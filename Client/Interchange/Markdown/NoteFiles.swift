private import Glibc
internal import JournalModel

/// The files of a folder of notes, in the order of their paths.
///
/// Links are not followed: what they show stands in the folder already, or does not belong to it.
struct NoteFiles {
  private(set) var notes: [String] = []
  private let root: String
  private var report = ImportReport()

  /// - Throws: `ImportError.unreadable` for the folder itself; others in it are noted in `report`.
  init(of folder: String, _ report: inout ImportReport) throws {
    root = folder
    if let error = read("", depth: 0) {
      throw ImportError.unreadable(path: folder, systemError: error)
    }
    notes.sort()
    report.add(self.report)
  }

  /// Whether the folder holds a note anywhere; stops at the first.
  static func hold(noteIn folder: String) -> Bool {
    var files = NoteFiles(root: folder)
    files.stopsAtFirst = true
    _ = files.read("", depth: 0)
    return !files.notes.isEmpty
  }

  /// As the file names end, in lower case.
  static func isNote(_ name: String) -> Bool {
    markdownEndings.contains(ending(of: name)) || isOrg(name)
  }

  static func isOrg(_ name: String) -> Bool { ending(of: name) == "org" }

  /// Notes without marks: taken from a folder of notes, but none that makes a folder one.
  private static func isPlain(_ name: String) -> Bool {
    ["txt", "text"].contains(ending(of: name))
  }

  static func withoutEnding(_ name: String) -> String {
    isNote(name) || isPlain(name) ? String(name.dropLast(ending(of: name).count + 1)) : name
  }

  private static let markdownEndings: Set = [
    "md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdwn", "rmd", "qmd",
  ]

  private static func ending(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  private var stopsAtFirst = false
  private static let depthMax = 64

  private init(root: String) { self.root = root }

  /// The error number, or `nil`.
  private mutating func read(_ folder: String, depth: Int) -> Int32? {
    let path = folder.isEmpty ? root : "\(root)/\(folder)"
    guard let names = SystemFiles.names(in: path) else { return errno }
    for name in names {
      take(name, in: folder, depth: depth)
      if stopsAtFirst && !notes.isEmpty { return nil }
    }
    return nil
  }

  private mutating func take(_ name: String, in folder: String, depth: Int) {
    let path = folder.isEmpty ? name : "\(folder)/\(name)"
    let place = SourcePlace(file: path)
    if name.hasPrefix(".") || name == "node_modules" {
      return report.note(.passedOver("hidden files and folders"), place)
    }
    var status = stat()
    guard lstat("\(root)/\(path)", &status) == 0 else {
      return report.fault(.unreadable(systemError: errno), place)
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      if name == "bak" && folder.split(separator: "/").last == "logseq" {
        return report.note(.passedOver("Logseq's old copies"), place)
      }
      guard depth < Self.depthMax else {
        return report.fault(.malformed("the folders are nested too deeply"), place)
      }
      if let error = read(path, depth: depth + 1) {
        report.fault(.unreadable(systemError: error), place)
      }
    case S_IFREG where Self.isNote(name) || !stopsAtFirst && Self.isPlain(name):
      notes.append(path)
    case S_IFREG: noteOther(Self.ending(of: name), place)
    case S_IFLNK: report.note(.passedOver("links"), place)
    default: report.note(.passedOver("what is neither file nor folder"), place)
    }
  }

  private mutating func noteOther(_ ending: String, _ place: SourcePlace) {
    switch ending {
    case "jpg", "jpeg", "png", "gif", "heic", "heif", "webp", "svg", "bmp", "tiff", "avif":
      report.note(.media("picture"), place)
    case "mp3", "m4a", "wav", "ogg", "opus", "flac", "aac", "webm", "3gp":
      report.note(.media("recording"), place)
    case "mp4", "mov", "mkv", "avi", "m4v": report.note(.media("video"), place)
    case "pdf", "doc", "docx", "odt", "xls", "xlsx", "ods", "zip", "canvas", "excalidraw":
      report.note(.media("attachment"), place)
    case "": report.note(.passedOver("files without an ending"), place)
    default: report.note(.passedOver("files that end in .\(ending)"), place)
    }
  }
}
