internal import ArgumentParser
internal import JournalModel

/// `ebb undelete`: out of the trash, all of them or none.
struct UndeleteCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "undelete", "Take records out of the trash.", usage: "ebb undelete ID… [options]",
    discussion: Messages.Help.undelete)

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(rest: .asked(.trashed))

  @Argument(help: ArgumentHelp("Ids, or the beginnings of them.", valueName: "id"))
  var ids: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let ids = try context.records(named: ids, command: Self.name)
    let names = try context.shortIDs(of: ids)
    try context.save(editing: ids) { state in
      guard let change = state.untrashing() else {
        let name = names[state.id] ?? "\(state.id)"
        throw Failure(.notPossible, Messages.Records.notInTrash(name))
      }
      return change
    }
    try context.show(ids, verb: Messages.Writing.restored, json: output.json)
  }
}
