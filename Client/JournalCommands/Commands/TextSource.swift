internal import Glibc
internal import JournalModel

/// Where the text of an entry comes from: words, standard input, or the editor.
struct TextSource {
  let context: CommandContext

  /// A text, and the editor's file that holds it until it is saved.
  struct Text {
    let text: String
    var file: EditorFile?

    /// Runs what saves the text. If that fails, the editor's file stays, and the error says where.
    func keepingFile(_ save: () throws -> Void) throws {
      do {
        try save()
      } catch {
        guard let file else { throw error }
        let failure = Failure(describing: error)
        throw Failure(
          failure.status, Messages.Editing.kept(failure.message, path: file.path))
      }
      file?.remove()
    }
  }

  func text(words: [String]) throws -> Text {
    if !words.isEmpty {
      let text = words.joined(separator: " ")
      guard !text.isBlank else { throw Failure.usage(Messages.Writing.empty) }
      return Text(text: text)
    }
    if !context.terminal.inputIsTerminal { return try piped() }
    return try edited(missing: Messages.Editing.noEditor, "", ending: ".md")
  }

  /// What the editor makes of a text; a file without a word counts as a change of mind.
  ///
  /// - Parameter missing: what to say when no editor is set.
  func edited(missing: String, _ text: String, ending: String) throws -> Text {
    guard let command = context.environment["VISUAL"] ?? context.environment["EDITOR"] else {
      throw Failure.usage(missing)
    }
    let file = try Editor(context: context, command: command).edit(text, ending: ending)
    let edited = try file.read()
    guard !edited.isBlank else {
      file.remove()
      throw Failure.usage(Messages.Writing.empty)
    }
    return Text(text: edited, file: file)
  }

  /// Standard input to its end.
  func piped() throws -> Text {
    let limit = Limits.Text.text.bytesMax
    // A few line ends at the end are not part of the text.
    guard let bytes = try FileBytes.read(STDIN_FILENO, limit: limit + 1024, name: "standard input")
    else { throw Failure(.badData, Messages.Writing.tooLong(bytesMax: limit)) }
    if let byte = UTF8Check.firstInvalidByte(bytes) {
      throw Failure(.badData, Messages.Writing.notUTF8(byte: byte))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard !text.isBlank else { throw Failure.usage(Messages.Writing.empty) }
    return Text(text: text)
  }
}
