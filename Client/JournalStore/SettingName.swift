/// The name of a value that another module keeps in the journal's database.
///
/// Kept for as long as journals are: a name never changes its meaning.
package struct SettingName: RawRepresentable, Hashable, Sendable {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package init(_ rawValue: String) {
    self.rawValue = rawValue
  }
}
