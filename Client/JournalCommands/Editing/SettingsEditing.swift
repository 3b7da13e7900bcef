/// `ebb config edit`: the settings in the editor, read before they replace the old ones.
struct SettingsEditing {
  let context: CommandContext
  let file: SettingsFile

  func run() throws {
    let old = try FileBytes.text(of: file.path)
    let text = old ?? SettingsFile.initial
    let editor = try Editor(context: context, missing: Messages.Settings.noEditor)
    let draft = try draft(text)
    var before: String? = text
    while true {
      try editor.edit(draft, from: before)
      let new = try FileBytes.text(of: draft.path) ?? ""
      guard new != text else {
        draft.remove()
        return context.output.sentence(Messages.Settings.unchanged)
      }
      do {
        _ = try Settings(toml: new, path: draft.path)
      } catch let failure as Failure {
        guard isEditedAgain(failure) else {
          throw Failure(failure.status, Messages.Editing.kept(failure.message, path: draft.path))
        }
        before = nil
        continue
      }
      guard try FileBytes.text(of: file.path) == old else {
        throw Failure(
          .tryAgain,
          Messages.Editing.kept(Messages.Settings.changedMeanwhile(file.path), path: draft.path))
      }
      try PrivateFile.replace(file.path, with: Array(new.utf8))
      draft.remove()
      return context.output.sentence(Messages.Settings.replaced(Visible.line(file.path)))
    }
  }

  private func draft(_ text: String) throws -> Draft {
    let folder = PrivateFile.folder(of: file.path)
    try PrivateFile.makeFolder(folder)
    let path = try PrivateFile.make(
      folder + "/config-", ending: ".toml", holding: Array(text.utf8))
    return Draft(path: path)
  }

  private func isEditedAgain(_ failure: Failure) -> Bool {
    guard context.terminal.canAsk, let question = Question() else { return false }
    Output.message(Visible.lines(failure.message).joined(separator: "\n"))
    guard let answer = question.line(Messages.Settings.editAgain) else { return false }
    return !answer.lowercased().hasPrefix("n")
  }
}
