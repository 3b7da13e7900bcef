internal import Glibc
internal import Interchange
internal import JournalModel

/// A text that is being written in an editor: a private file, which may hold what is nowhere else.
///
/// It lies beside the journal, where it outlives a crash of the editor, of Ebb and of the machine,
/// and is removed once the journal has its text. Its name says what it is for, and which process
/// works on it: `write-4711-Xa9fQ2.md`.
struct Draft {
  let path: String
  /// How to go on with it once it is left behind, as a sentence.
  var goingOn = ""

  enum Purpose: String {
    /// Becomes a new entry.
    case write
    /// Becomes a new version of a record.
    case edit
    /// Settles a conflict.
    case resolve
  }

  static func make(_ text: String, _ purpose: Purpose, in folder: String) throws -> Draft {
    try PrivateFile.makeFolder(folder)
    let path = try PrivateFile.make(
      "\(folder)/\(purpose.rawValue)-\(getpid())-", ending: ".md", holding: Array(text.utf8))
    return Draft(path: path)
  }

  /// The text, which stays where it is when it cannot be taken.
  func read() throws -> String {
    let limit = Limits.Text.text.bytesMax + 4096
    guard let bytes = try FileBytes.read(path, limit: limit) else {
      throw Failure.usage(Messages.Writing.empty)
    }
    if let byte = UTF8Check.firstInvalidByte(bytes) {
      throw Failure(.badData, telling(Messages.Editing.notUTF8(byte: byte)))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What went wrong, where the text is kept, and how to go on with it.
  func telling(_ reason: String) -> String {
    Messages.Editing.kept(reason, path: path) + (goingOn.isEmpty ? "" : " " + goingOn)
  }

  /// Whether it says something that a text does not.
  func isWorthKeeping(besides text: String?) throws -> Bool {
    guard let bytes = try? FileBytes.read(path, limit: .max) else { return true }
    return !bytes.isEmpty && bytes != text.map { Array($0.utf8) }
  }

  func remove() {
    unlink(path)
    // What editors leave beside a file that they changed.
    unlink(path + "~")
  }
}

extension Draft {
  /// Every draft that is there, the latest last.
  static func all(in folder: String) -> [Draft] {
    let drafts = (SystemFiles.names(in: folder) ?? []).compactMap { name in
      let draft = Draft(path: folder + "/" + name)
      return draft.purpose == nil ? nil : draft.modified.map { (draft: draft, modified: $0) }
    }
    return drafts.sorted { ($0.modified, $0.draft.path) < ($1.modified, $1.draft.path) }
      .map(\.draft)
  }

  /// `nil` for a file that is no draft.
  var purpose: Purpose? { nameParts.count == 3 ? Purpose(rawValue: nameParts[0]) : nil }

  /// Whether the command that made it still waits for its editor.
  var isOpen: Bool {
    guard nameParts.count == 3, let process = pid_t(nameParts[1]), process != getpid() else {
      return false
    }
    return kill(process, 0) == 0 || errno == EPERM
  }

  /// When it was last saved: Unix milliseconds.
  var modified: Int64? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000
  }

  private var nameParts: [String] {
    guard let name = path.split(separator: "/").last, name.hasSuffix(".md") else { return [] }
    return name.dropLast(3).split(separator: "-").map(String.init)
  }
}
