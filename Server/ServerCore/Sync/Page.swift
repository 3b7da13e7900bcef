internal import OperationLog

/// The operations of one answer.
struct Page {
  private(set) var bytes: [UInt8] = []
  private(set) var operationCount = 0
  private(set) var liveCount = 0
  /// `nil` when all has been sent.
  private(set) var next: PageToken?
  private var envelopeByteCount = 0

  /// Fills a page from where the token points to.
  ///
  /// With `live`, an operation that loses its registers while the pages are sent comes late, or
  /// twice; one that wins a register back, which only an erase can cause, would be missed. So
  /// when something was erased meanwhile, all is sent once more, in plain order. Throws
  /// `DamagedJournal`, also where an operation is missing that the heads vouch for.
  init(
    from token: PageToken, erasedCount: Int, devices: DeviceTable, limits: ServerLimits,
    in transaction: any StorageReading
  ) throws {
    var token = token
    if token.phase != .all && token.erasedCount != UInt64(erasedCount) {
      token = PageToken(
        account: token.account, phase: .all, erasedCount: erasedCount, ranges: token.ranges)
    }
    repeat {
      while token.rangeIndex < token.ranges.count {
        let range = token.ranges[token.rangeIndex]
        if let device = devices[range.device],
          let stop = try fill(device, range.sequences, token, limits, transaction)
        {
          token.sequence = stop
          next = token
          return
        }
        token.rangeIndex += 1
        token.sequence = .none
      }
      token.rangeIndex = 0
    } while advance(&token)
  }

  /// Goes on to the next phase; false after the last.
  private func advance(_ token: inout PageToken) -> Bool {
    guard token.phase == .live else { return false }
    token.phase = .superseded
    return true
  }

  /// The sequence to go on with if the page is full.
  private mutating func fill(
    _ device: StoredDevice, _ sequences: ClosedRange<Sequence>, _ token: PageToken,
    _ limits: ServerLimits, _ transaction: any StorageReading
  ) throws -> Sequence? {
    let first = max(sequences.lowerBound, token.sequence)
    guard first <= sequences.upperBound else { return nil }
    var stop: Sequence?
    var expected = first
    let keys = OperationKey(device.slot, first)...OperationKey(device.slot, sequences.upperBound)
    try transaction.forEachOperation(in: keys, token.phase.filter) { operation in
      let envelope = operation.envelope
      guard operationCount < limits.pageOperationsMax,
        operationCount == 0 || envelopeByteCount + envelope.count <= limits.pageBytesMax
      else {
        stop = operation.key.sequence
        return false
      }
      guard operation.isSound else { throw DamagedJournal() }
      try expect(nothingFrom: expected, before: operation.key.sequence, of: device, token)
      expected = operation.key.sequence.next
      EnvelopeBytes.append(envelope, toAnswer: &bytes)
      envelopeByteCount += envelope.count
      operationCount += 1
      if token.phase == .live { liveCount += 1 }
      return true
    }
    let end = stop ?? sequences.upperBound.next
    try expect(nothingFrom: expected, before: end, of: device, token)
    // This phase passes over operations, but it is the last: then all must have been there.
    if token.phase == .superseded, first < end {
      let span = first...Sequence(end.rawValue - 1)
      let count = try transaction.operationCount(
        in: OperationKey(device.slot, span.lowerBound)...OperationKey(device.slot, span.upperBound))
      guard count >= device.sequences.count(in: span) else { throw DamagedJournal() }
    }
    return stop
  }

  private func expect(
    nothingFrom first: Sequence, before end: Sequence, of device: StoredDevice, _ token: PageToken
  ) throws {
    guard token.phase == .all, first < end else { return }
    guard device.sequences.count(in: first...Sequence(end.rawValue - 1)) == 0 else {
      throw DamagedJournal()
    }
  }
}

extension KnownSequences {
  /// How many of a range are known.
  fileprivate func count(in span: ClosedRange<Sequence>) -> Int {
    ranges.filter { $0.overlaps(span) }.map { $0.clamped(to: span) }
      .reduce(0) { $0 + Int($1.upperBound.rawValue - $1.lowerBound.rawValue) + 1 }
  }
}
