// Of all kinds.
extension RegisterName {
  /// What holds a date, as RFC 9557 writes it.
  package static let dates: Set<RegisterName> = [.date, .due, .doneAt]

  /// Unix milliseconds, written once.
  package static let created = RegisterName("created")
  package static let trashed = RegisterName("trashed")
}

// Of entries; the date also of mood logs, the title also of steps.
extension RegisterName {
  package static let date = RegisterName("date")
  package static let title = RegisterName("title")
  package static let text = RegisterName("text")
  package static let starred = RegisterName("starred")
  package static let journal = RegisterName("journal")
  package static let prompt = RegisterName("prompt")
}

// Of mood logs.
extension RegisterName {
  package static let score = RegisterName("score")
  package static let energy = RegisterName("energy")
  package static let closeness = RegisterName("closeness")
  package static let pull = RegisterName("pull")
  package static let urge = RegisterName("urge")
  package static let scoreBefore = RegisterName("scoreBefore")
  package static let urgeBefore = RegisterName("urgeBefore")
  package static let trigger = RegisterName("trigger")
  package static let said = RegisterName("said")
  package static let meant = RegisterName("meant")
  package static let fear = RegisterName("fear")
  package static let action = RegisterName("action")
  package static let note = RegisterName("note")
  package static let technique = RegisterName("technique")
  package static let entry = RegisterName("entry")
}

// Of steps.
extension RegisterName {
  package static let rung = RegisterName("rung")
  package static let due = RegisterName("due")
  package static let fearedOutcome = RegisterName("fearedOutcome")
  package static let fearBefore = RegisterName("fearBefore")
  package static let doneAt = RegisterName("doneAt")
  package static let actualOutcome = RegisterName("actualOutcome")
  package static let fearAfter = RegisterName("fearAfter")
  package static let skipped = RegisterName("skipped")
  /// That Ebb asked what really happened, which it does once.
  package static let outcomeAsked = RegisterName("outcomeAsked")
}

// Of devices, kept by Ebb itself.
extension RegisterName {
  package static let name = RegisterName("name")
  package static let have = RegisterName("have")
}
