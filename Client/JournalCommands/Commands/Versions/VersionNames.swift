internal import OperationLog

/// The names of a record's versions: `DEVICE.SEQUENCE` in full, the device shortened for people.
struct VersionNames {
  private let ids: [OperationID]
  private let digits: Int

  init(_ ids: [OperationID]) {
    self.ids = ids
    let devices = Set(ids.map { $0.device.description })
    digits =
      (6..<16).first { count in Set(devices.map { $0.prefix(count) }).count == devices.count } ?? 16
  }

  /// `3f9a1c.12`
  func short(_ id: OperationID) -> String {
    "\(id.device.description.prefix(digits)).\(id.sequence)"
  }

  /// All versions that a person can mean: by the beginning of the whole name, or by the beginning
  /// of the device and the whole number.
  func matching(_ text: String) -> [OperationID] {
    let text = text.lowercased()
    if let exact = ids.first(where: { $0.description == text }) { return [exact] }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, let number = UInt64(parts[1]) {
      let named = ids.filter {
        $0.device.description.hasPrefix(parts[0]) && $0.sequence.rawValue == number
      }
      if !named.isEmpty { return named }
    }
    return text.isEmpty ? [] : ids.filter { $0.description.hasPrefix(text) }
  }
}
