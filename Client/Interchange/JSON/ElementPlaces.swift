/// Where the elements of an array stand: by their lines, and by their numbers too where a line has
/// several, as all of a document may be one line.
struct ElementPlaces {
  private let file: String
  private var count = 0
  private var lastLine: Int?

  init(file: String) {
    self.file = file
  }

  /// - Parameter line: where the next element begins.
  mutating func next(line: Int) -> SourcePlace {
    count += 1
    defer { lastLine = line }
    return SourcePlace(file: file, line: line, record: line == lastLine ? count : nil)
  }
}
