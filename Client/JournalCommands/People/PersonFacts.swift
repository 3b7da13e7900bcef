internal import Interchange
internal import JournalModel
internal import OperationLog

/// What the journal says about one person.
struct PersonFacts {
  let name: String
  let records: Int
  /// When something about them was last written, as lived; nothing that is still to come.
  let last: CivilDay?
  /// `nil` where practices are switched off.
  let together: WeeksTogether?
  let openSteps: [RecordState]
}

extension PersonFacts {
  var json: JSONText {
    var members: [(key: String, value: JSONText)] = [
      ("name", .string(name)), ("records", .integer(records)),
      ("last", .optional(last?.description)),
    ]
    if let together {
      members += [
        (
          "weeks",
          .array(
            together.weeks.map { week in
              .object([
                ("week", .string(week.monday.description)),
                ("closeness", .array(week.closeness.map { .integer($0) })),
                ("pulls", .strings(week.pulls.map(\.rawValue))),
              ])
            })
        ),
        ("openSteps", .strings(openSteps.map { $0.id.description })),
      ]
    }
    return .object(members)
  }
}
