internal import JournalModel

/// What an entry of Day One has beside its words, date, tags and star: kept in the text, or named.
struct DayOneFields {
  let place: SourcePlace
  private(set) var kept = KeptFields()
  private var leftOut: Set<String> = []

  init(place: SourcePlace) {
    self.place = place
  }

  mutating func keep(_ entry: JSONValue, hasText: Bool, _ report: inout ImportReport) {
    // In an order of its own, for the source has none.
    for member in (entry.members ?? []).sorted(by: { $0.key < $1.key })
    where !member.value.isEmpty {
      keep(member, hasText: hasText, &report)
    }
    for name in leftOut.sorted() { report.note(.leftOut(name), place) }
  }

  private mutating func keep(
    _ member: JSONValue.Member, hasText: Bool, _ report: inout ImportReport
  ) {
    switch member.key {
    case "uuid", "creationDate", "text", "timeZone": break
    case "tags": keep("tags", Self.noTags(member.value).plainText, &report)
    case "starred", "isAllDay":
      if member.value.boolean == nil { keep(member.key, member.value.plainText, &report) }
    case "location": keep("location", location(member.value), &report)
    case "weather": keep("weather", weather(member.value), &report)
    case "music": keep("music", music(member.value), &report)
    case "userActivity": keep("activity", activity(member.value), &report)
    case "richText": leftOut.insert("formatted text")
    case "modifiedDate": leftOut.insert("modification date")
    case "isPinned": if member.value == .boolean(true) { keep("pinned", "yes", &report) }
    case "template": leftOut.insert("template")
    case let key where Self.ofDevice.contains(key) || key.hasPrefix("creation"):
      leftOut.insert("device and editing")
    case let key where Self.media[key] != nil:
      keep(media: member, hasText: hasText, &report)
    // What is not so says nothing.
    case _ where member.value == .boolean(false): break
    default: keep(member.key, member.value.plainText, &report)
    }
  }

  private static let ofDevice: Set = ["editingTime", "duration", "sourceString", "Creator"]

  private static let media = [
    "photos": "photo", "videos": "video", "audios": "audio recording", "pdfAttachments": "PDF",
  ]

  private mutating func keep(
    media member: JSONValue.Member, hasText: Bool, _ report: inout ImportReport
  ) {
    guard let name = Self.media[member.key] else { return }
    let items = member.value.elements ?? [member.value]
    report.note(.media(name), place, count: items.count)
    // Else nothing would be left of an entry that is a picture.
    if !hasText { kept.add(member.key, "\(items.count), not imported") }
    for item in items {
      keep("transcription", item["transcription"]?.string ?? "", &report)
    }
  }

  /// The names in a list, or of one text those between commas.
  static func tags(_ value: JSONValue?) -> [String] {
    guard let text = value?.string else { return value?.strings ?? [] }
    return text.split(separator: ",").map(\.trimmedOfWhiteSpace).filter { !$0.isEmpty }
  }

  /// What the member of that name says besides.
  private static func noTags(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string: .null
    case .array(let elements): .array(elements.filter { $0.string == nil })
    default: value
    }
  }

  private mutating func keep(_ name: String, _ value: String, _ report: inout ImportReport) {
    guard !value.isBlankText else { return }
    kept.add(name, value)
    report.note(.keptInText(name), place)
  }
}

extension DayOneFields {
  /// `Uncle's Tavern, Alice Springs, NT, Australia (-23.70069, 133.8813)`
  private mutating func location(_ value: JSONValue) -> String {
    let names = ["userLabel", "placeName", "localityName", "administrativeArea", "country"]
    var parts: [String] = []
    for name in names {
      guard let part = value[name]?.string, !part.isBlankText, !parts.contains(part) else {
        continue
      }
      parts.append(part)
    }
    let known = Set(names + ["latitude", "longitude"])
    if value.members?.contains(where: { !known.contains($0.key) && !$0.value.isEmpty }) == true {
      leftOut.insert("details of the location")
    }
    let words = parts.joined(separator: ", ")
    guard let latitude = value["latitude"]?.double, let longitude = value["longitude"]?.double
    else { return words }
    let coordinates = "\(Self.degrees(latitude)), \(Self.degrees(longitude))"
    return words.isEmpty ? coordinates : "\(words) (\(coordinates))"
  }

  /// To a metre.
  private static func degrees(_ value: Double) -> Double {
    (value * 100_000).rounded() / 100_000
  }

  /// To a tenth, and a whole number without its zero: Day One adds the digits of another unit.
  private static func rounded(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return Int(exactly: tenths).map(String.init) ?? String(tenths)
  }

  /// `12 °C, Light Rain`
  private mutating func weather(_ value: JSONValue) -> String {
    let known: Set = ["temperatureCelsius", "conditionsDescription"]
    if value.members?.contains(where: { !known.contains($0.key) && !$0.value.isEmpty }) == true {
      leftOut.insert("details of the weather")
    }
    let temperature = value["temperatureCelsius"]?.double.map { "\(Self.rounded($0)) °C" }
    return [temperature, value["conditionsDescription"]?.plainText]
      .compactMap { $0 }.filter { !$0.isBlankText }.joined(separator: ", ")
  }

  /// `Mess, Real Friends, The Home Inside My Head, 2016`
  private func music(_ value: JSONValue) -> String {
    let known = ["track", "artist", "album", "albumYear"]
    let named = known.compactMap { value[$0]?.plainText }
    let others = (value.members ?? []).filter { !known.contains($0.key) }.map(\.value.plainText)
    return (named + others).filter { !$0.isBlankText }.joined(separator: ", ")
  }

  /// `Walking, 2562 steps`
  private func activity(_ value: JSONValue) -> String {
    let steps = value["stepCount"].flatMap { $0.isEmpty ? nil : $0.plainText + " steps" }
    let others = (value.members ?? []).filter { !["stepCount", "activityName"].contains($0.key) }
      .map(\.value.plainText)
    return ([value["activityName"]?.plainText, steps].compactMap { $0 } + others)
      .filter { !$0.isBlankText }.joined(separator: ", ")
  }
}
