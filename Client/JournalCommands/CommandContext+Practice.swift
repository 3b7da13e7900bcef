extension CommandContext {
  /// Throws where the configuration leaves nothing but a plain journal.
  func requirePractice() throws {
    guard settings.offersPractices else {
      throw Failure(.notPossible, Messages.Practices.switchedOff)
    }
  }

  /// What to say when the journal cannot take what somebody typed: it is kept as a draft, if it can
  /// be.
  func keptAside(_ text: String, _ error: any Error) -> Failure {
    let failure = Failure(describing: error)
    guard let draft = try? Draft.make(text, .write, in: folders.drafts) else { return failure }
    return Failure(
      failure.status,
      Messages.Editing.kept(failure.message, path: draft.path) + " " + Messages.Editing.goOn)
  }
}
