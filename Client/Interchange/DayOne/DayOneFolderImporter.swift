internal import JournalModel

/// Folders of Day One: `Journal.dayone/entries/*.doentry` of Day One 1, a property list each; or an
/// archive that was unpacked.
enum DayOneFolderImporter: Importer {
  static func recognises(_ source: ImportSource) throws -> Bool {
    guard source.isFolder else { return source.fileExtension == File.ending }
    var ignored = ImportReport()
    var isFound = false
    try FolderWalk(root: source.path).run(&ignored) { path, item, _ in
      if isHidden(path) { return .past }
      isFound = try item == .file && (isEntry(path) || isDocument(path, in: source))
      return isFound ? .end : .on
    }
    return isFound
  }

  static func read(
    _ source: ImportSource, _ settings: ImportSettings, report: inout ImportReport,
    take: (ImportedRecord) throws -> Void
  ) throws {
    guard source.isFolder else {
      let file = File(path: source.path, name: source.name, photos: [])
      return try file.read(settings, &report, take)
    }
    let contents = try Contents(of: source, &report)
    for name in contents.documents {
      let path = source.path + "/" + name
      try DayOneDocument(
        bytes: ImportSource(path: path).bytes(), file: name,
        journal: DayOneJournalName.journal(file: name)
      ).read(settings, &report, take)
    }
    for name in contents.entries {
      try File(path: source.path + "/" + name, name: name, photos: contents.photos)
        .read(settings, &report, take)
    }
  }

  /// What a folder holds: paths relative to it, in their order.
  private struct Contents {
    var entries: [String] = []
    var documents: [String] = []
    /// Names of the photos beside the entries, in small letters.
    var photos: Set<String> = []

    init(of source: ImportSource, _ report: inout ImportReport) throws {
      try FolderWalk(root: source.path).run(&report) { path, item, report in
        if isHidden(path) { return .past }
        guard item != .folder else { return .on }
        do {
          try take(path, item, source, &report)
        } catch ImportError.unreadable(_, let code) {
          report.fault(.unreadable(systemError: code), SourcePlace(file: path))
        }
        return .on
      }
    }

    private mutating func take(
      _ path: String, _ item: FolderWalk.Item, _ source: ImportSource,
      _ report: inout ImportReport
    ) throws {
      let parts = path.split(separator: "/")
      if item == .file, isEntry(path) {
        entries.append(path)
      } else if item == .file, try isDocument(path, in: source) {
        documents.append(path)
      } else if parts.dropLast().contains(where: DayOneDocument.isMediaFolder) {
        // The entries tell of these, and are counted by what they say.
        if parts.first == "photos" { photos.insert(parts[parts.count - 1].lowercased()) }
      } else {
        report.note(.passedOver("other files of the folder"), SourcePlace(file: path))
      }
    }
  }

  private static func isEntry(_ path: String) -> Bool { path.hasSuffix("." + File.ending) }

  private static func isDocument(_ path: String, in source: ImportSource) throws -> Bool {
    guard path.lowercased().hasSuffix(".json") else { return false }
    let file = try ImportSource(path: source.path + "/" + path)
    return DayOneDocument.begins(try file.beginning(bytesMax: DayOneDocument.beginningBytesMax))
  }

  /// What macOS and others keep for themselves.
  private static func isHidden(_ path: String) -> Bool {
    path.split(separator: "/").last?.hasPrefix(".") == true
  }
}

/// One entry of Day One 1.
private struct File {
  static let ending = "doentry"

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
