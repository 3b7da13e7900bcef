/// A time of day as Daylio writes it in the language of its owner: `6:50 pm`, `14:03`, `下午3:20`.
enum DaylioTime {
  /// Seconds since midnight; `nil` for what is no time.
  static func secondOfDay(_ text: String) -> Int? {
    var numbers: [Int] = []
    var digits = ""
    var letters = ""
    for character in text.lowercased() + " " {
      if let digit = character.wholeNumberValue, digits.count < 3 {
        digits += String(digit)
      } else {
        if let number = Int(digits) { numbers.append(number) }
        digits = ""
        // Between hours and minutes stands what the language has there: `18h30`, `18.30 Uhr`.
        if character.isLetter, numbers.count != 1 { letters.append(character) }
      }
    }
    guard numbers.count == 2, (0..<24).contains(numbers[0]), (0..<60).contains(numbers[1]) else {
      return nil
    }
    var hour = numbers[0]
    switch letters {
    case "", "uhr": break
    case _ where afternoon.contains(letters): if hour < 12 { hour += 12 }
    case _ where morning.contains(letters): if hour == 12 { hour = 0 }
    default: return nil
    }
    return hour * 3600 + numbers[1] * 60
  }

  private static let afternoon: Set = [
    "pm", "p", "nachm", "μμ", "下午", "午後", "오후", "م", "odp", "du", "i.p.", "ip", "em", "öö",
  ]
  private static let morning: Set = [
    "am", "a", "vorm", "πμ", "上午", "午前", "오전", "ص", "dop", "de", "fm", "ös", "凌晨",
  ]
}
