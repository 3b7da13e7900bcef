internal import JournalModel

/// The date of a note, as people write it in file names, headings and front matter.
///
///     2024-02-29   2024_02_29   20240229   29.02.2024   02/29/2024   2024-W09-4   2024年2月29日
///     February 29, 2024   Thu, 29. Feb 2024   2024-02-29T23:10:00+01:00   2024-02-29 2310
struct NoteDate: Hashable {
  var day: Day
  /// `nil` for a whole day.
  var secondOfDay: Int?
  /// `+01:00`, where it is told.
  var offset: String?
  /// `Europe/Berlin`, where it is told.
  var zone: String?
  /// Where a year of two digits stands, between dashes, if only one day is possible.
  var shortYear: ShortYear?

  enum Day: Hashable {
    case known(CivilDay)
    /// `03/04/2019`: the first may be the day or the month.
    case either(Int, Int, year: Int)
    /// `15-03-24`: the year may stand first or last.
    case shortYear(first: CivilDay, last: CivilDay)
    /// It has the form of a date, and there is no such day.
    case impossible(String)
  }

  enum ShortYear: Hashable {
    case first
    case last
  }

  init(_ day: Day) {
    self.day = day
  }

  /// A text that is a date and nothing else, but for a wiki link's brackets; `nil` for any other.
  init?(whole text: String) {
    let bare = text.trimmedOfWhiteSpace.drop { "[<".contains($0) }
    let isLinked = bare.count < text.trimmedOfWhiteSpace.count
    var reader = NoteDateReader(
      isLinked ? String(bare.prefix { !"]>".contains($0) }) : text.trimmedOfWhiteSpace)
    guard let date = reader.date(), reader.isAtEnd else { return nil }
    self = date
  }

  /// The first date in a name, and the words beside it.
  static func found(in name: String) -> (date: NoteDate, rest: String)? {
    var reader = NoteDateReader(name)
    repeat {
      let start = reader.position
      if let date = reader.date() { return (date, reader.words(withoutTextFrom: start)) }
    } while reader.skipWord()
    return nil
  }

  /// A date at the beginning of a heading.
  static func leading(_ heading: String) -> NoteDate? {
    var reader = NoteDateReader(heading.trimmedOfWhiteSpace)
    return reader.date()
  }

  /// Which comes first where it can be either: the day or the month, as far as this shows it.
  var order: JrnlDate.Order? {
    guard case .either(let first, let second, _) = day else { return nil }
    return first > 12 ? .dayFirst : second > 12 ? .monthFirst : nil
  }

  /// Nothing in it shows whether the day or the month comes first, and it makes a difference.
  var isAmbiguous: Bool {
    guard case .either(let first, let second, _) = day else { return false }
    return first != second && order == nil
  }

  /// - Parameter order: of a date that shows none itself.
  /// - Returns: `nil` if there is no such day.
  func civilDay(_ order: JrnlDate.Order) -> CivilDay? {
    let order = self.order ?? order
    return switch day {
    case .known(let day): day
    case .either(let first, let second, let year): order.day(first, second, year: year)
    // As ISO 8601 has it.
    case .shortYear(let first, _): first
    case .impossible: nil
    }
  }

  /// On this day, as RFC 3339 writes it; without an offset where none is told.
  func written(on day: CivilDay) -> String {
    guard let second = secondOfDay else { return "\(day)" }
    let clock = [second / 3600, second / 60 % 60, second % 60]
      .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    return "\(day)T\(clock)\(offset ?? "")"
  }
}

extension NoteDate {
  /// The day that folders name: `2024/02/29.md`, `2024/02-February/29 Walk.md`, `2024-02/29.md`.
  ///
  /// - Parameter parts: of the path, the file's name without its ending last.
  static func folders(_ parts: [String]) -> (day: CivilDay, rest: String)? {
    guard let name = parts.last, let day = leadingNumber(name, digits: 1...2) else { return nil }
    var above = parts.dropLast().reversed().makeIterator()
    guard let month = above.next() else { return nil }
    let numbers: (year: Int, month: Int)?
    if let year = leadingNumber(month, digits: 4...4) {
      numbers = leadingNumber(String(month.dropFirst(5)), digits: 1...2).map { (year, $0) }
    } else {
      numbers = above.next().flatMap { leadingNumber($0, digits: 4...4) }.flatMap { year in
        (leadingNumber(month, digits: 1...2) ?? NoteDateNames.month(month.lowercased()))
          .map { (year, $0) }
      }
    }
    guard let numbers,
      let found = CivilDay(year: numbers.year, month: numbers.month, day: day)
    else { return nil }
    let rest = name.drop { $0.isNumber }.drop { " -_.".contains($0) }
    return (found, String(rest))
  }

  private static func leadingNumber(_ text: String, digits: ClosedRange<Int>) -> Int? {
    let number = text.prefix { $0.isASCII && $0.isNumber }
    return digits.contains(number.count) ? Int(number) : nil
  }
}
