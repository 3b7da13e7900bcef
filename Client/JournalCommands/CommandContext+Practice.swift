extension CommandContext {
  /// Throws where the configuration leaves nothing but a plain journal.
  func requirePractice() throws {
    guard settings.offersPractices else {
      throw Failure(.notPossible, Messages.Practices.switchedOff)
    }
  }
}
