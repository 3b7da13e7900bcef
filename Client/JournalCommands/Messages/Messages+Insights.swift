internal import Insights

extension Messages {
  enum Insights {
    static let help = """
      Each finding is a sentence with the number of observations and a 95% interval, a chart, and \
      the newest of the records behind it; --json has all of them. Intervals are bootstrap ones: \
      whole weeks are drawn again and again; that of a share of steps is the exact one of Clopper \
      and Pearson. Questions that your journal \
      cannot answer yet say what they would need.

      Groups of logs are compared with the other logs of the same weeks, and all questions are corrected for \
      their number: of forty journals in which nothing goes together, about one shows a finding. \
      What goes together is not thereby the reason for it, and no number here tells you what to do.

      EXAMPLES:
        ebb insights
        ebb insights --since 2026
        ebb insights --person Sam
        ebb insights --json | jq -r '.findings[].text'
      """

    static func basis(logs: Int, steps: Int) -> String {
      "From \(count(logs, "mood log")) and \(count(steps, "step")) done."
    }

    static func records(_ ids: [String], more: Int) -> String {
      "records: " + ids.joined(separator: " ") + (more > 0 ? " and \(grouped(more)) more" : "")
    }

    static func nothingFound(_ questions: [QuestionID]) -> String {
      "Nothing stood out from chance in: " + list(questions.map(name)) + "."
    }

    static let tooEarly =
      "It is early, and that is fine: most questions take about ten weeks of logs, and each log "
      + "counts."

    static let notEnough = "Not enough yet to say anything about these, the nearest first:"

    static func missing(_ question: QuestionID, _ needs: String) -> String {
      "\(name(question)): \(needs)"
    }

    static let howToRead =
      "These sentences say what went together in what you logged, and how surely; they leave open "
      + "why."

    static func name(_ question: QuestionID) -> String {
      switch question {
      case .pullByCloseness: "the pull when it is close"
      case .afterCloseness: "the days after closeness"
      case .person: "people"
      case .hour: "times of day"
      case .weekday: "days of the week"
      case .signs: "signs over time"
      case .steps: "steps and fear"
      case .practice: "practices"
      case .isolation: "how times of keeping away end"
      case .moodLevel: "levels of mood"
      }
    }
  }
}
