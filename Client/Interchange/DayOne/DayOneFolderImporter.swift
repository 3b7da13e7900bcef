private import Foundation
internal import JournalModel

/// Folders of Day One: `Journal.dayone/entries/*.doentry` of Day One 1, a property list each; or an
/// archive that was unpacked.
enum DayOneFolderImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard source.isFolder else { return source.fileExtension == entryExtension }
    return try !entries(of: source).isEmpty || !documents(of: source).isEmpty
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    guard source.isFolder else {
      let file = File(path: source.path, name: source.name, photos: [])
      return try file.read(settings, &report, take)
    }
    for name in try documents(of: source) {
      let path = source.path + "/" + name
      try DayOneDocument(
        bytes: ImportSource(path: path).bytes(), file: name,
        journal: DayOneJournalName.journal(file: name)
      ).read(settings, &report, take)
    }
    let photos = Set(names(in: source.path + "/photos").map { $0.lowercased() })
    for name in entries(of: source) {
      try File(path: source.path + "/" + name, name: name, photos: photos)
        .read(settings, &report, take)
    }
  }

  private static let entryExtension = "doentry"

  /// Files of Day One 1, relative to the folder.
  private static func entries(of source: ImportSource) -> [String] {
    let inside = names(in: source.path + "/entries").map { "entries/" + $0 }
    return (names(in: source.path) + inside).filter { $0.hasSuffix("." + entryExtension) }
  }

  private static func documents(of source: ImportSource) throws -> [String] {
    try names(in: source.path).filter { name in
      guard name.lowercased().hasSuffix(".json"),
        let file = try? ImportSource(path: source.path + "/" + name), !file.isFolder
      else { return false }
      return DayOneDocument.begins(
        try file.beginning(bytesMax: DayOneDocument.beginningBytesMax))
    }
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}

/// One entry of Day One 1.
private struct File {
  let path: String
  let name: String
  /// Names of the photos beside the entries, in small letters.
  let photos: Set<String>

  private static let bytesMax = 64 << 20

  /// Of a folder of entries, one that is broken is named, and the others are taken.
  func read(
    _ settings: ImportSettings, _ report: inout ImportReport,
    _ take: (ImportedRecord) throws -> Void
  ) throws {
    let place = SourcePlace(file: name)
    do {
      let bytes = try SourceFile.read(path, bytesMax: Self.bytesMax)
      let encoding = settings.encoding ?? TextEncoding.marked(bytes) ?? .utf8
      let list = try PropertyList.value(encoding.utf8(bytes))
      let reading = DayOneReading(settings: settings)
      guard let record = reading.record(entry(list), at: place, &report) else { return }
      try take(record)
    } catch let error as PropertyListError {
      report.fault(.malformed(error.clause), SourcePlace(file: name, line: error.line))
    } catch let error as CheckedText.WrongByte {
      report.fault(.notText(byte: error.position), place)
    } catch ImportError.unreadable(_, let code) {
      report.fault(.unreadable(systemError: code), place)
    }
  }

  /// With the names that Day One's JSON has.
  private func entry(_ list: JSONValue) -> JSONValue {
    guard let members = Self.renamed(list).members else { return list }
    guard let uuid = list["UUID"]?.string?.lowercased(),
      let photo = ["jpg", "jpeg", "png"].map({ "\(uuid).\($0)" }).first(where: photos.contains)
    else { return .object(members) }
    return .object(members + [.init(key: "photos", value: .array([.string(photo)]))])
  }

  private static func renamed(_ value: JSONValue) -> JSONValue {
    guard let members = value.members else { return value }
    return .object(
      members.map { .init(key: names[$0.key] ?? $0.key, value: renamed($0.value)) })
  }

  private static let names = [
    "Creation Date": "creationDate", "Entry Text": "text", "Time Zone": "timeZone",
    "UUID": "uuid", "Tags": "tags", "Starred": "starred", "Location": "location",
    "Administrative Area": "administrativeArea", "Country": "country", "Latitude": "latitude",
    "Longitude": "longitude", "Locality": "localityName", "Place Name": "placeName",
    "Region": "region", "Foursquare ID": "foursquareID", "Weather": "weather",
    "Celsius": "temperatureCelsius", "Description": "conditionsDescription", "Music": "music",
    "Album": "album", "Album Year": "albumYear", "Artist": "artist", "Track": "track",
    "Activity": "activity", "Step Count": "steps",
  ]
}
