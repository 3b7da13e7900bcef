extension CommandContext {
  /// Throws where the configuration leaves nothing but a plain journal.
  func requirePractice() throws {
    guard settings.offersPractices else {
      throw Failure(.notPossible, Messages.Practices.switchedOff)
    }
  }

  /// One quiet line, where somebody sits and the configuration leaves practices.
  func hintAtHelp() {
    if settings.offersPractices { hint(Messages.Practices.saysWhereHelpIs) }
  }
}
