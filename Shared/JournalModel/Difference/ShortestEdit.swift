/// The search for the fewest insertions and removals that make one sequence another.
///
/// Source: Myers, "An O(ND) Difference Algorithm and Its Variations", 1986. The diagonal of a
/// point is `old - new`; row *d* says for each diagonal how far *d* changes lead at most.
struct ShortestEdit {
  private let old: ArraySlice<Int>
  private let new: ArraySlice<Int>
  private let stepsMax: Int
  private(set) var stepsTaken = 0
  /// Row *d* has *d* + 1 diagonals, from -*d* by twos, and begins at *d* (*d* + 1) / 2.
  private var reached: [Int32] = []

  /// Keeps the rows within some megabytes.
  private static let changesMax = 2_000
  /// Up to this many steps for each item: small pieces are always searched to the end.
  private static let stepsPerItem = 256

  init(old: ArraySlice<Int>, new: ArraySlice<Int>, stepsMax: Int) {
    self.old = old
    self.new = new
    self.stepsMax = min(stepsMax, Self.stepsPerItem * (old.count + new.count))
  }

  /// What both keep, ascending; `nil` when that takes too many steps.
  mutating func find() -> [CommonStretch]? {
    let end = old.count - new.count
    for changes in 0...min(Self.changesMax, old.count + new.count) {
      for index in 0...changes {
        let diagonal = 2 * index - changes
        let distance = advance(on: diagonal, index: index, changes: changes)
        reached.append(Int32(distance))
        if diagonal == end && distance >= old.count { return path(changes) }
        guard stepsTaken < stepsMax else { return nil }
      }
    }
    return nil
  }

  private mutating func advance(on diagonal: Int, index: Int, changes: Int) -> Int {
    var distance = start(index: index, changes: changes).distance
    let first = distance
    while distance < old.count, distance - diagonal < new.count,
      old[old.startIndex + distance] == new[new.startIndex + distance - diagonal]
    {
      distance += 1
    }
    stepsTaken += 1 + distance - first
    return distance
  }

  /// Where a diagonal's stretch begins: after a removal on the diagonal below, or an insertion on
  /// the one above, whichever leads further.
  private func start(index: Int, changes: Int) -> (distance: Int, isRemoval: Bool) {
    guard changes > 0 else { return (0, false) }
    let row = (changes - 1) * changes / 2
    let below = index > 0 ? Int(reached[row + index - 1]) : -1
    let above = index < changes ? Int(reached[row + index]) : -1
    return below >= above ? (below + 1, true) : (above, false)
  }

  /// Walks back along the path that came first to the end.
  private func path(_ changes: Int) -> [CommonStretch] {
    var stretches: [CommonStretch] = []
    var diagonal = old.count - new.count
    var distance = old.count
    for changes in stride(from: changes, through: 0, by: -1) {
      let index = (diagonal + changes) / 2
      let start = start(index: index, changes: changes)
      if distance > start.distance {
        stretches.append(
          CommonStretch(
            old: old.startIndex + start.distance,
            new: new.startIndex + start.distance - diagonal, count: distance - start.distance))
      }
      distance = start.isRemoval ? start.distance - 1 : start.distance
      diagonal += start.isRemoval ? -1 : 1
    }
    return stretches.reversed()
  }
}
