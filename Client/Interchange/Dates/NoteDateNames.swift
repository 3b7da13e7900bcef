/// Names of months and days of the week in English and German, whole or cut to three letters.
enum NoteDateNames {
  /// January is 1.
  static func month(_ word: String) -> Int? { index(of: word, among: months).map { $0 % 12 + 1 } }

  /// Sunday is 0.
  static func weekday(_ word: String) -> Int? { index(of: word, among: weekdays).map { $0 % 7 } }

  /// - Parameter word: in small letters.
  private static func index(of word: String, among names: [String]) -> Int? {
    guard word.count >= 2 else { return nil }
    return names.firstIndex { $0 == word || (word.count >= 3 && $0.prefix(3) == word) }
      ?? (word == "sept" ? names.firstIndex(of: "september") : nil)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december", "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember",
  ]
  private static let weekdays = [
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sonntag",
    "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
  ]
}
