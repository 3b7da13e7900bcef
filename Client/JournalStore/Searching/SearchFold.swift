internal import Foundation

/// What searching takes for the same: words without their case, accents and widths.
package enum SearchFold {
  package static func folded(_ text: String) -> String {
    let kept = String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isIgnoredInSearch }))
    return kept.folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
  }
}
