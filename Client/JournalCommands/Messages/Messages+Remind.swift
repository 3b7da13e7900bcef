extension Messages {
  enum Remind {
    /// What the reminder says unless the settings say otherwise.
    static let sentence = "There is room for a line about today."
  }
}
