/// Why an archive, or a file in it, is not read.
struct ZipError: Error, Hashable {
  let reason: Reason
  /// The file in the archive, if it is about one.
  var name: String?

  init(_ reason: Reason, in name: String? = nil) {
    self.reason = reason
    self.name = name
  }

  enum Reason: Hashable {
    case notAnArchive
    case endsEarly
    /// Fields that contradict each other, or data that does not inflate.
    case damaged
    case wrongChecksum
    case encrypted
    /// Neither stored nor deflated.
    case unknownMethod(Int)
    /// One of several files that together are one archive.
    case split
    case tooManyFiles
    /// It inflates to far more than prose or pictures do.
    case bomb
    /// An absolute path, or one with `..`.
    case climbs
    case namedTwice
    case overlaps
    case unreadable(systemError: Int32)
  }
}

extension ZipError {
  /// Made to do harm, as no program makes an archive.
  var isUnsafe: Bool {
    switch reason {
    case .bomb, .climbs, .namedTwice, .overlaps: true
    default: false
    }
  }

  /// A plain clause.
  var clause: String {
    let file = name.map { "“\($0)” in it" } ?? "it"
    return switch reason {
    case .notAnArchive: "it is no zip archive"
    case .endsEarly: "\(file) ends in the middle"
    case .damaged: "\(file) is damaged"
    case .wrongChecksum: "\(file) is damaged, as its checksum shows"
    case .encrypted: "\(file) is encrypted; unpack it with its password first"
    case .unknownMethod(let method): "\(file) is packed by a method unknown here (\(method))"
    case .split: "it is one part of several; join them first"
    case .tooManyFiles: "it holds more than \(ZipDirectory.entriesMax) files"
    case .bomb: "\(file) unpacks to far more than a journal would"
    case .climbs: "\(file) has a path that leads out of the archive"
    case .namedTwice: "\(file) is there twice"
    case .overlaps: "\(file) shares its bytes with another file"
    case .unreadable(let code): "it cannot be read (error \(code))"
    }
  }
}
