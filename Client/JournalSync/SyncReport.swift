/// What a sync did. Operations that Ebb keeps for itself, the device records, are not counted.
package struct SyncReport: Hashable, Sendable {
  /// Own operations that the server newly accepted.
  package var pushed = 0
  /// Operations newly stored here.
  package var pulled = 0
  /// Lost texts that are newly kept beside what replaced them.
  package var conflicts = 0
  package var requests = 0
  /// Bytes of the TCP streams, TLS included.
  package var bytesSent = 0
  package var bytesReceived = 0
  package var warnings: [SyncWarning] = []

  package init() {}

  package static func + (left: SyncReport, right: SyncReport) -> SyncReport {
    var sum = left
    sum.pushed += right.pushed
    sum.pulled += right.pulled
    sum.conflicts += right.conflicts
    sum.requests += right.requests
    sum.bytesSent += right.bytesSent
    sum.bytesReceived += right.bytesReceived
    for warning in right.warnings { sum.warn(warning) }
    return sum
  }

  /// Says each thing once, and of one kind no more than a few: whoever lies may lie much.
  mutating func warn(_ warning: SyncWarning) {
    if case .more(let kind, let count) = warning { return addMore(kind, count) }
    guard !warnings.contains(warning) else { return }
    let like = warnings.count { $0.kind == warning.kind }
    guard like < Self.likeMax else { return addMore(warning.kind, 1) }
    warnings.append(warning)
  }

  /// Forgets what another warning says better.
  mutating func takeBack(_ isOutdated: (SyncWarning) -> Bool) {
    warnings.removeAll(where: isOutdated)
  }

  private static let likeMax = 4

  private mutating func addMore(_ kind: SyncWarning.Kind, _ count: Int) {
    for index in warnings.indices {
      guard case .more(kind, let before) = warnings[index] else { continue }
      warnings[index] = .more(kind, count: before + count)
      return
    }
    warnings.append(.more(kind, count: count))
  }
}
