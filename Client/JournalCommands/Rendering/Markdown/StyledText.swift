/// Text, and how each part of it looks.
struct StyledText: Equatable, Sendable {
  struct Run: Equatable, Sendable {
    var text: String
    var attributes: TextAttributes
  }

  var runs: [Run] = []

  init(_ text: String = "", _ attributes: TextAttributes = []) {
    append(text, attributes)
  }

  mutating func append(_ text: String, _ attributes: TextAttributes = []) {
    if let last = runs.last, last.attributes == attributes {
      runs[runs.count - 1].text += text
    } else if !text.isEmpty {
      runs.append(Run(text: text, attributes: attributes))
    }
  }

  /// Lines of at most so many columns; line ends in the text stay.
  func lines(columns: Int, style: Style) -> [String] {
    let plain = runs.map(\.text).joined()
    var painter = Painter(runs, style)
    return plain.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      let lines = LineWrap.wrapped(String(line), columns: columns).map { painter.paint($0) }
      painter.skip("\n")
      return lines
    }
  }
}

/// Gives wrapped text its looks again: scalar by scalar, for wrapping takes nothing but spaces
/// away, and characters may combine across what looks different.
private struct Painter {
  private let runs: [StyledText.Run]
  private let style: Style
  private var run = 0
  private var rest: Substring.UnicodeScalarView

  init(_ runs: [StyledText.Run], _ style: Style) {
    self.runs = runs
    self.style = style
    rest = (runs.first?.text ?? "")[...].unicodeScalars
  }

  private mutating func moveToText() {
    while rest.isEmpty, run + 1 < runs.count {
      run += 1
      rest = runs[run].text[...].unicodeScalars
    }
  }

  mutating func paint(_ line: String) -> String {
    var painted = ""
    var piece = String.UnicodeScalarView()
    var wanted = line.unicodeScalars[...]
    while let next = wanted.first {
      moveToText()
      guard let scalar = rest.first else { break }
      // Spaces that wrapping took away stood before this.
      if scalar != next {
        rest.removeFirst()
        continue
      }
      piece.append(scalar)
      rest.removeFirst()
      wanted.removeFirst()
      if rest.isEmpty || wanted.isEmpty {
        painted += style.text(String(piece), runs[run].attributes)
        piece = String.UnicodeScalarView()
      }
    }
    return painted
  }

  /// Passes everything up to and with a scalar.
  mutating func skip(_ scalar: Unicode.Scalar) {
    while true {
      moveToText()
      guard let next = rest.popFirst() else { return }
      if next == scalar { return }
    }
  }
}
