internal import JournalModel

/// Names of time zones as Day One writes them, where IANA does not.
enum DayOneZone {
  /// `GMT+0200`, `GMT-05:30` and `GMT+2` are offsets; a slash may still be escaped, `Etc\/GMT`.
  static func name(_ written: String) -> String? {
    let name = written.filter { $0 != "\\" }
    guard name.hasPrefix("GMT"), let sign = name.dropFirst(3).first, sign == "+" || sign == "-"
    else { return name }
    let digits = name.dropFirst(4).filter { $0 != ":" }
    guard (1...4).contains(digits.count), let number = Int(digits), number >= 0 else { return name }
    let minutes = digits.count > 2 ? number / 100 * 60 + number % 100 : number * 60
    return ZoneName.offset(minutes: sign == "-" ? -minutes : minutes)
  }

  /// What Day One, on Apple's systems, knows a zone as.
  static func written(_ name: String) -> String {
    guard let minutes = ZoneName.offsetMinutes(name) else { return name }
    return "GMT" + ZoneName.offset(minutes: minutes).filter { $0 != ":" }
  }
}
