/// Day One's formatted text: JSON in a string, `{"contents": [{"text": …}]}`.
///
/// Only read where an entry has no Markdown beside it.
enum DayOneRichText {
  /// The words alone; what is no such JSON is words already.
  static func plain(_ written: String) -> String {
    var reader = JSONReader(Array(written.utf8))
    guard let value = try? reader.value(), let contents = value["contents"]?.elements else {
      return written
    }
    return contents.compactMap { $0["text"]?.string }.joined()
  }
}
