/// Told about long work while it is done, from any thread.
package struct SyncProgress: Sendable {
  package enum Step: Hashable, Sendable {
    /// Operations accepted so far.
    case pushing(Int)
    /// Operations stored so far.
    case pulling(Int)
    /// The search index is being filled.
    case indexing
  }

  private let body: @Sendable (Step) -> Void

  package init(_ body: @escaping @Sendable (Step) -> Void) {
    self.body = body
  }

  func callAsFunction(_ step: Step) {
    body(step)
  }
}
