extension RegisterWrite {
  /// A date as a clock on the wall shows it, without its time zone: what most sources of an import
  /// say of it. `nil` for what is no date.
  package var wallClock: String? {
    guard RegisterName.dates.contains(register),
      let date = value.text.flatMap(JournalDate.init(rfc9557:))
    else { return nil }
    return "\(date.day)" + (date.time.map { " \($0.secondOfDay)" } ?? "")
  }
}
