internal import Glibc
internal import JournalModel

/// Where a text comes from: words, standard input, or the editor.
struct TextSource {
  let context: CommandContext

  /// A text, and the draft that holds it until it is saved.
  struct Text {
    var text: String
    var draft: Draft?

    /// Runs what saves the text. If that fails, the draft stays, and the error says where.
    func keepingDraft(_ save: () throws -> Void) throws {
      do {
        try save()
      } catch {
        guard let draft, draft.modified != nil else { throw error }
        let failure = Failure(describing: error)
        throw Failure(failure.status, draft.telling(failure.message))
      }
      draft?.remove()
    }
  }

  func text(words: [String]) throws -> Text {
    let text = words.joined(separator: " ")
    guard !text.isBlank else { throw Failure.usage(Messages.Writing.empty) }
    return Text(text: text)
  }

  /// What the editor makes of a text; a draft without a word counts as a change of mind.
  ///
  /// - Parameters:
  ///   - goingOn: how to go on with a draft at a path, as a sentence.
  ///   - missing: what to say when no editor is set.
  func edited(
    _ text: String, _ purpose: Draft.Purpose, goingOn: (_ path: String) -> String, missing: String
  ) throws -> Text {
    let draft = try Editor(context: context, missing: missing)
      .edit(text, purpose, goingOn: goingOn)
    let edited = try draft.read()
    guard !edited.isBlank else {
      draft.remove()
      throw Failure.usage(Messages.Writing.empty)
    }
    return Text(text: edited, draft: draft)
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

extension CommandContext {
  /// What to say when the journal cannot take what somebody typed: it is kept as a draft, if it can
  /// be.
  func keptAside(_ text: String, _ error: any Error) -> Failure {
    let failure = Failure(describing: error)
    guard var draft = try? Draft.make(text, .write, in: folders.drafts) else { return failure }
    draft.goingOn = Messages.Editing.goOn()
    return Failure(failure.status, draft.telling(failure.message))
  }
}
