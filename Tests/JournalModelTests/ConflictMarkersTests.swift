import JournalModel
import TestSupport
import Testing

@Suite struct ConflictMarkersTests {
  private static let labels = ConflictMarkers.Labels(
    winner: "desk", ancestor: "before both", sibling: "laptop")

  private func text(ancestor: String, winner: String, sibling: String) -> String {
    ConflictMarkers(Self.labels, apartFrom: [ancestor, winner, sibling])
      .text(of: TextMerge(ancestor: ancestor, winner: winner, sibling: sibling))
  }

  @Test func `a conflict takes whole lines, in the style of diff3`() {
    let merged = text(
      ancestor: "Up.\nHome by the river, late.\nTo bed.",
      winner: "Up early.\nHome by the sea, late.\nTo bed.",
      sibling: "Up.\nHome by the lake, late.\nSo to bed.")
    #expect(
      merged == """
        Up early.
        <<<<<<< desk
        Home by the sea, late.
        ||||||| before both
        Home by the river, late.
        =======
        Home by the lake, late.
        >>>>>>> laptop
        So to bed.
        """)
  }

  @Test func `conflicts on one line are one, and what merges there is in all three`() {
    let merged = text(
      ancestor: "one two three four five six seven", winner: "ONE two tres four FIVE six seven",
      sibling: "uno two three four cinque six siete")
    #expect(
      merged == """
        <<<<<<< desk
        ONE two tres four FIVE six siete
        ||||||| before both
        one two tres four five six siete
        =======
        uno two tres four cinque six siete
        >>>>>>> laptop

        """)
  }

  @Test func `a text emptied here and changed there shows an empty side`() {
    #expect(
      text(ancestor: "stay", winner: "", sibling: "stay here") == """
        <<<<<<< desk
        ||||||| before both
        stay
        =======
        stay here
        >>>>>>> laptop

        """)
  }

  @Test func `a merge without conflicts has no markers`() {
    #expect(text(ancestor: "a b c d", winner: "A b c d", sibling: "a b c D") == "A b c D")
  }

  @Test func `a text's own lines are never taken for markers`() throws {
    let heading = "A heading\n=======\n<<<<<<< is a lot\n> quoted"
    let markers = ConflictMarkers(
      Self.labels, apartFrom: [heading, heading + "\n|||||||| table", ""])
    #expect(markers.length == 9)
    #expect(markers.firstLine(in: heading) == nil)
    let merge = TextMerge(ancestor: "x", winner: "y", sibling: "z")
    let text = heading + "\n" + markers.text(of: merge)
    #expect(markers.firstLine(in: text) == 5)
  }

  @Test(
    arguments: [
      ("fine", nil), ("a\n=======\nb", 2), ("a\n=======\r\nb", 2), ("<<<<<<< desk", 1),
      ("a\n||||||| anything\n", 2), ("a\nb\n>>>>>>> laptop", 3), ("x =======", nil),
      ("======== eight", nil), ("=======x", nil), (">>>>>>> ", 1),
    ] as [(String, Int?)])
  func `any marker that is left is found`(text: String, line: Int?) {
    let markers = ConflictMarkers(Self.labels, apartFrom: [])
    #expect(markers.firstLine(in: text) == line)
  }

  @Test(arguments: SeededGenerator.seeds)
  func `a merge with conflicts always has markers, one without has none`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let ancestor = RandomProse.letters(40, &generator)
      let winner = RandomProse.edited(ancestor, changes: 3, &generator)
      let sibling = RandomProse.edited(ancestor, changes: 3, &generator)
      let merge = TextMerge(ancestor: ancestor, winner: winner, sibling: sibling)
      let markers = ConflictMarkers(Self.labels, apartFrom: [ancestor, winner, sibling])
      let text = markers.text(of: merge)
      #expect((markers.firstLine(in: text) == nil) == (merge.settledText != nil))
      if let settled = merge.settledText { #expect(settled.utf8.elementsEqual(text.utf8)) }
    }
  }
}
