/// Which way the pull went: nearer, away, or both at once.
package enum Pull: String, CaseIterable, Sendable {
  case toward
  case away
  case torn
}
