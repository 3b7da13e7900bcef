internal import Crypto

/// A digest of which operation holds each register: equal states, equal digests.
///
/// The sum modulo 2^256 of `SHA-256(register tag || device || sequence)` over all registers, the
/// operation being the register's winner. A sum needs no order and can be kept up to date: one
/// term leaves and one comes when a winner changes. The server, which cannot read a register,
/// arrives at the same. It finds accidents, not attackers: who may choose terms can make sums meet.
package struct StateDigest: Hashable, Sendable {
  /// Least significant word first.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// The digest of an empty journal: zero.
  package init() {
    words = (0, 0, 0, 0)
  }

  /// What a record adds that one operation has made.
  package init(of header: OperationHeader) {
    self.init()
    for tag in header.tags { insert(tag, winner: header.id) }
  }

  /// Adds registers that are not in it.
  package mutating func formSum(with other: StateDigest) {
    add(other.words)
  }

  package mutating func insert(_ tag: RegisterTag, winner: OperationID) {
    add(Self.term(tag, winner))
  }

  package mutating func remove(_ tag: RegisterTag, winner: OperationID) {
    let term = Self.term(tag, winner)
    // Two's complement: minus x is the complement of x, plus one.
    add((~term.0, ~term.1, ~term.2, ~term.3))
    add((1, 0, 0, 0))
  }

  /// Moves a register from one winner to another; `nil` for none.
  package mutating func replace(_ tag: RegisterTag, from old: OperationID?, to new: OperationID?) {
    if let old { remove(tag, winner: old) }
    if let new { insert(tag, winner: new) }
  }

  private mutating func add(_ other: (UInt64, UInt64, UInt64, UInt64)) {
    var carry: UInt64 = 0
    func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
      let (partial, first) = left.addingReportingOverflow(right)
      let (total, second) = partial.addingReportingOverflow(carry)
      carry = first || second ? 1 : 0
      return total
    }
    words.0 = sum(words.0, other.0)
    words.1 = sum(words.1, other.1)
    words.2 = sum(words.2, other.2)
    words.3 = sum(words.3, other.3)
  }

  private static func term(
    _ tag: RegisterTag, _ winner: OperationID
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    // 12, 8 and 8 bytes, without an array: an import makes some for each record.
    let device = UInt128(winner.device.rawValue)
    let first = tag.number << 32 | device >> 32
    let second = device << 96 | UInt128(winner.sequence.rawValue) << 32
    var hash = SHA256()
    withUnsafeBytes(of: (first.bigEndian, second.bigEndian)) { input in
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: input[..<28]))
    }
    return hash.finalize().withUnsafeBytes(words)
  }

  /// Of 32 bytes.
  private static func words(
    of bytes: UnsafeRawBufferPointer
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    func word(_ index: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    return (word(3), word(2), word(1), word(0))
  }
}

extension StateDigest {
  package static let count = 32

  /// 32 bytes, the most significant first.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for word in [words.3, words.2, words.1, words.0] { bytes.append(bigEndian: word) }
    return bytes
  }

  /// `nil` unless there are exactly 32 bytes.
  package init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    words = Array(bytes).withUnsafeBytes(Self.words)
  }

  package static func == (left: StateDigest, right: StateDigest) -> Bool {
    left.words == right.words
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(bytes)
  }
}

extension StateDigest: CustomStringConvertible {
  package var description: String { Hexadecimal.text(of: bytes) }
}
