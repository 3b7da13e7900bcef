internal import Glibc
internal import JournalModel

/// Opens `$VISUAL` or `$EDITOR` on a private file.
struct Editor {
  let context: CommandContext
  /// As its variable is written, options included.
  let command: String

  /// Waits for the editor. If it fails, the file stays unless it says nothing new.
  func edit(_ text: String, ending: String) throws -> EditorFile {
    let file = try EditorFile.make(text, ending: ending, in: folders())
    let child: ChildProcess
    do {
      child = try ChildProcess(
        command: command, arguments: [file.path], environment: context.environment)
    } catch {
      file.remove()
      throw error
    }
    // Ctrl-C is for the editor.
    let before = signal(SIGINT, SIG_IGN)
    let status = child.wait()
    signal(SIGINT, before)
    guard status == 0 else {
      let written = (try? FileBytes.read(file.path, limit: .max)) ?? []
      let isKept = !written.isEmpty && written != Array(text.utf8)
      if !isKept { file.remove() }
      throw Failure(
        .notPossible,
        Messages.Editing.editorFailed(
          command, status: status, keptAt: isKept ? file.path : nil))
    }
    return file
  }

  /// In memory where the system offers it, else beside the journal: never in a shared folder.
  private func folders() throws -> [String] {
    [context.environment["XDG_RUNTIME_DIR"], context.folders.data].compactMap { $0 }
  }
}

extension Editor {
  /// Files that editors left behind, when they failed or were killed.
  static func drafts(_ context: CommandContext) -> [String] {
    let folders = [context.environment["XDG_RUNTIME_DIR"], context.folders.data].compactMap { $0 }
    return folders.flatMap { folder -> [String] in
      guard let stream = opendir(folder) else { return [] }
      defer { closedir(stream) }
      var paths: [String] = []
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name.hasPrefix("ebb-"), name.utf8.count >= "ebb-XXXXXX".utf8.count {
          paths.append(folder + "/" + name)
        }
      }
      return paths.sorted()
    }
  }
}

/// The file that an editor works on. It may hold what is nowhere else.
struct EditorFile {
  let path: String

  static func make(_ text: String, ending: String, in folders: [String]) throws -> EditorFile {
    for folder in folders {
      mkdir(folder, 0o700)
      var template = Array("\(folder)/ebb-XXXXXX\(ending)".utf8CString)
      let descriptor = mkstemps(&template, Int32(ending.utf8.count))
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      let bytes = template.dropLast().map { UInt8(bitPattern: $0) }
      let file = EditorFile(path: String(decoding: bytes, as: UTF8.self))
      if let error = Output.writeAll(Array(text.utf8), to: descriptor) {
        file.remove()
        errno = error
        continue
      }
      return file
    }
    throw Failure(.disk, Messages.Editing.noPlace(reason: SystemReason.now))
  }

  /// Keeps the file when it cannot be taken.
  func read() throws -> String {
    let limit = Limits.Text.text.bytesMax + 1024
    guard let bytes = try FileBytes.read(path, limit: limit) else {
      throw Failure.usage(Messages.Writing.empty)
    }
    if let byte = UTF8Check.firstInvalidByte(bytes) {
      throw Failure(
        .badData, Messages.Editing.kept(Messages.Editing.notUTF8(byte: byte), path: path))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func remove() {
    unlink(path)
    // What editors leave beside a file that they changed.
    unlink(path + "~")
  }
}
