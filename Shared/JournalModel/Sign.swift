/// The seven groups of signs that somebody is stepping back; the raw value is the id that people
/// type and that `sign/ID` keeps.
package enum Sign: String, CaseIterable, Sendable {
  case communication
  case distance
  case defence
  case sabotage
  case withdrawal
  case suspicion
  case unavailability
}
