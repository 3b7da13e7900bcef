internal import JournalModel

/// The files of a folder of notes, in the order of their paths.
struct NoteFiles {
  private(set) var notes: [String] = []

  /// - Throws: `ImportError.unreadable` for the folder itself; others in it are noted in `report`.
  init(of folder: String, _ report: inout ImportReport) throws {
    try FolderWalk(root: folder).run(&report) { path, item, report in
      if let reason = Self.passedOver(path, item) {
        report.note(.passedOver(reason), SourcePlace(file: path))
        return .past
      }
      if item == .file { take(path, &report) }
      return .on
    }
    notes.sort()
  }

  /// Whether the folder holds a note anywhere; stops at the first.
  static func hold(noteIn folder: String) -> Bool {
    var ignored = ImportReport()
    var holds = false
    try? FolderWalk(root: folder).run(&ignored) { path, item, _ in
      if passedOver(path, item) != nil { return .past }
      holds = item == .file && isNote(path)
      return holds ? .end : .on
    }
    return holds
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
    let name = name.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  /// Why this is none of somebody's notes; `nil` if it may be one, or hold some.
  private static func passedOver(_ path: String, _ item: FolderWalk.Item) -> String? {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return nil }
    if name.hasPrefix(".") || name == "node_modules" { return "hidden files and folders" }
    return switch item {
    case .folder where name == "bak" && parts.dropLast().last == "logseq": "Logseq's old copies"
    case .link: "links"
    case .other: "what is neither file nor folder"
    case .file, .folder: nil
    }
  }

  private mutating func take(_ path: String, _ report: inout ImportReport) {
    if Self.isNote(path) || Self.isPlain(path) {
      notes.append(path)
    } else {
      Self.noteOther(Self.ending(of: path), SourcePlace(file: path), &report)
    }
  }

  private static func noteOther(
    _ ending: String, _ place: SourcePlace, _ report: inout ImportReport
  ) {
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
