internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb revert`: makes a record say again what it said at an earlier version.
struct RevertCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "revert", "Make a record what it was at an earlier version.",
    usage: "ebb revert ID VERSION [options]", discussion: Messages.Help.revert)

  static let shape = ArgumentShape(words: .names).adding(JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.record), .asked(.version))

  @Argument(
    help: ArgumentHelp(
      "Its id, and the version as `ebb history` shows it.", valueName: "id version"))
  var words: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    guard words.count >= 2 else {
      throw Failure.usage(
        Messages.Arguments.missing(Messages.Arguments.idAndVersion, command: Self.name))
    }
    try Self.none(words.dropFirst(2))
    let id = try context.record(named: words[0])
    let versions = try context.openedJournal().history(of: id)
    let version = try version(words[1], among: versions, of: try context.short(id))
    let changes = versions.filter { $0.stamp <= version.stamp }.compactMap { version in
      version.change.map { StampedChange(stamp: version.stamp, change: $0) }
    }
    guard let earlier = RecordState(id: id, merging: changes) else {
      throw context.notFound(words[0])
    }
    let isChanged = try context.save(editing: id) { $0.reverting(to: earlier) }
    if !isChanged { Output.message(Messages.Writing.unchanged) }
    try context.show(id, verb: isChanged ? Messages.Writing.reverted : "", json: output.json)
  }

  private func version(
    _ text: String, among versions: [RecordVersion], of id: String
  ) throws -> RecordVersion {
    let names = VersionNames(versions.map(\.id))
    let matching = names.matching(text)
    guard matching.count < 2 else {
      throw Failure(
        .notPossible,
        Messages.Records.ambiguousVersion(text, candidates: matching.map(names.short)))
    }
    guard let version = versions.first(where: { $0.id == matching.first }) else {
      throw Failure(.notPossible, Messages.Records.noVersion(text, of: id))
    }
    guard version.change != nil else {
      throw Failure(.notPossible, Messages.Records.versionErased(names.short(version.id)))
    }
    return version
  }
}
