internal import Glibc
internal import JournalModel

/// Opens `$VISUAL` or `$EDITOR` on a private file; on a terminal, where neither is set, the editor
/// that the system has.
struct Editor {
  let context: CommandContext
  /// As its variable is written, options included.
  let command: String

  /// - Parameter missing: what to say when no editor is set.
  init(context: CommandContext, missing: String) throws {
    let chosen = context.environment["VISUAL"] ?? context.environment["EDITOR"]
    guard let command = chosen ?? Self.installed(context) else { throw Failure.usage(missing) }
    self.context = context
    self.command = command
  }

  /// Debian's own choice, else one that is likely to be there.
  private static func installed(_ context: CommandContext) -> String? {
    guard context.terminal.canAsk, let path = context.environment["PATH"] else { return nil }
    return ["editor", "nano", "vi"].first { name in
      path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }
  }

  /// Waits for the editor on a new draft. If it fails, the draft stays unless it says nothing new.
  ///
  /// - Parameter goingOn: how to go on with a draft at a path, as a sentence.
  func edit(
    _ text: String, _ purpose: Draft.Purpose, goingOn: (_ path: String) -> String
  ) throws -> Draft {
    var draft = try Draft.make(text, purpose, in: context.folders.drafts)
    draft.goingOn = goingOn(draft.path)
    try edit(draft, from: text)
    return draft
  }

  /// Waits for the editor on a draft that is there.
  ///
  /// - Parameter text: what the draft says so far.
  func edit(_ draft: Draft, from text: String?) throws {
    let child: ChildProcess
    do {
      child = try ChildProcess(
        command: command, arguments: [draft.path], environment: context.environment)
    } catch {
      if text != nil { draft.remove() }
      throw error
    }
    // Ctrl-C is for the editor.
    let before = signal(SIGINT, SIG_IGN)
    let status = child.wait()
    signal(SIGINT, before)
    guard status == 0 else {
      let isKept = try draft.isWorthKeeping(besides: text)
      if !isKept { draft.remove() }
      let reason = Messages.Editing.editorFailed(command, status: status)
      throw Failure(.notPossible, isKept ? draft.telling(reason) : reason)
    }
  }
}
