internal import JournalModel
internal import JournalStore

extension Messages {
  enum Searching {
    static func sentence(_ error: SearchQueryError) -> String {
      switch error {
      case .number(let filter, let text, let bounds):
        "\(filter): wants a number from \(bounds.lowerBound) to \(bounds.upperBound), or 1-3, <4, "
          + "<=4, >7, >=7; not “\(cut(text))”."
      case .day(let filter, let text):
        "\(filter): wants a day, or a week, month or year, not “\(cut(text))”."
      case .kind(let text): "kind: is entry, mood or step, not “\(cut(text))”."
      case .state(let text): "is: knows only starred, not “\(cut(text))”."
      case .pull(let text): "pull: is toward, away or torn, not “\(cut(text))”."
      case .saved(let text): "There is no saved search “\(cut(text))”."
      }
    }

    private static func cut(_ text: String) -> String { DisplayWidth.cut(text, to: 40) }
  }
}
