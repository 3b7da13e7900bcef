/// Which way the pull went: nearer, away, or both at once.
package enum Pull: String, CaseIterable, Sendable {
  case toward
  case away
  case torn

  /// As somebody types it: in any case, and in the British spelling.
  package init?(typed text: String) {
    let word = text.lowercased()
    self.init(rawValue: word == "towards" ? Pull.toward.rawValue : word)
  }
}
