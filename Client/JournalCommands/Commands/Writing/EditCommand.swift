internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb edit`: changes a record; without options, in the editor.
struct EditCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "edit", "Change a record.", usage: "ebb edit ID [options]", discussion: Messages.Help.edit)

  static let shape = ArgumentShape(
    words: .names, flags: ["--no-star"], values: ["--text", "--mood", "--score"],
    repeated: [
      "--emotion", "--remove-tag", "--remove-person", "--remove-emotion", "--remove-sign",
      "--clear",
    ]
  )
  .adding(
    DateOption.shape, NameOptions.shape, EntryOptions.shape, MoodOptions.shape,
    StepOptions.shape, OutcomeOptions.shape, JSONOption.shape)

  static let wordCandidates = WordCandidates(.asked(.record))

  @Argument(help: ArgumentHelp("Its id, or the beginning of it.", valueName: "id"))
  var ids: [String] = []

  @Option(help: ArgumentHelp("An entry's new text; - reads standard input.", valueName: "text"))
  var text: String?

  @OptionGroup var entry: EntryOptions

  @Flag(help: "Take the star away.")
  var noStar = false

  @Option(help: ArgumentHelp("A mood log's new score, 1 to 10.", valueName: "n"))
  var score: String?

  @Option(help: ArgumentHelp("The same as --score.", valueName: "n"))
  var mood: String?

  @Option(help: ArgumentHelp("Add an emotion; several times.", valueName: "name"))
  var emotion: [String] = []

  @OptionGroup var measures: MoodOptions
  @OptionGroup var step: StepOptions
  @OptionGroup var outcome: OutcomeOptions
  @OptionGroup var when: DateOption
  @OptionGroup var names: NameOptions

  @Option(
    help: ArgumentHelp("Remove a tag; several times.", valueName: "name"), completion: .asked(.tag))
  var removeTag: [String] = []

  @Option(
    help: ArgumentHelp("Remove somebody; several times.", valueName: "name"),
    completion: .asked(.person))
  var removePerson: [String] = []

  @Option(help: ArgumentHelp("Remove an emotion; several times.", valueName: "name"))
  var removeEmotion: [String] = []

  @Option(
    help: ArgumentHelp("Remove a sign; several times.", valueName: "id"),
    completion: .words(of: Sign.self))
  var removeSign: [String] = []

  @Option(
    help: ArgumentHelp(
      "Empty a field by its name in JSON, such as title or note; several times.",
      valueName: "field"))
  var clear: [String] = []

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    let id = try context.record(named: try Self.only(ids, Messages.Arguments.anID))
    let edit = try edit(of: try context.state(of: id).kind, context)
    if edit.isEmpty {
      try editInEditor(id, context)
    } else {
      try save(edit, of: id, context)
    }
  }

  private func save(_ edit: RecordEdit, of id: RecordID, _ context: CommandContext) throws {
    let isChanged = try context.save(editing: id) { try edit.change(of: $0) }
    if !isChanged { Output.message(Messages.Writing.unchanged) }
    try tellOfMarksInText(id, context)
    try context.show(id, verb: isChanged ? Messages.Writing.changed : "", json: output.json)
  }

  /// A tag or a person that was to be removed is still there where the text says so.
  private func tellOfMarksInText(_ id: RecordID, _ context: CommandContext) throws {
    guard !removeTag.isEmpty || !removePerson.isEmpty else { return }
    let marks = try context.state(of: id).marksInProse
    for tag in NameList.names(in: removeTag) where marks.contains(RegisterName(.tag, tag)) {
      Output.message(Messages.Writing.standsInText("#" + tag))
    }
    for person in NameList.names(in: removePerson)
    where marks.contains(RegisterName(.person, person)) {
      Output.message(Messages.Writing.standsInText("@" + person))
    }
  }

  /// Opens what a record of its kind mostly says. Nothing is locked meanwhile: if another edit
  /// comes between, this one has not seen it, and both are kept.
  private func editInEditor(_ id: RecordID, _ context: CommandContext) throws {
    let shown = try context.shown(id)
    let before = shown.state
    let (register, option): (RegisterName, String) =
      switch before.kind {
      case .entry: (.text, "--text")
      case .mood: (.note, "--note")
      default: (.title, "--title")
      }
    let name = try context.short(id)
    let old = before[register]?.text ?? ""
    let text = try TextSource(context: context).edited(
      old.isEmpty || old.hasSuffix("\n") ? old : old + "\n", .edit,
      goingOn: { Messages.Editing.goOn(editing: name, option: option, path: $0) },
      missing: Messages.Editing.editWhat)
    guard text.text.withoutLineEndsAtEnd != old else {
      text.draft?.remove()
      Output.message(Messages.Writing.discarded)
      return
    }
    let wasErased = try context.openedJournal().state(of: id) == nil
    try text.keepingDraft {
      var edit = RecordEdit()
      edit.set(register, .text(text.text))
      // What the editor showed is what was seen, whatever is there by now.
      if let change = try edit.change(of: before) {
        try context.save([change], inSightOf: shown)
      }
    }
    try context.show(id, verb: Messages.Writing.changed, json: output.json)
    if wasErased { Output.message(Messages.Conflicts.erasedWhileEditing(try context.short(id))) }
    try tellOfNewSiblings(of: id, before, context)
  }

  private func tellOfNewSiblings(
    of id: RecordID, _ before: RecordState, _ context: CommandContext
  ) throws {
    guard try !before.hasSiblings && context.state(of: id).hasSiblings else { return }
    Output.message(Messages.Conflicts.whileEditing(try context.short(id)))
    try context.openedJournal().forgetNews(MergeNews(contested: [id]))
  }
}

extension EditCommand {
  private func edit(of kind: RecordKind, _ context: CommandContext) throws -> RecordEdit {
    var edit = RecordEdit()
    // Before anything is added: a set can be cleared and filled anew.
    clear.forEach { edit.clear($0) }
    if let text {
      let words = text == "-" ? try TextSource(context: context).piped().text : text
      guard !words.isBlank else { throw Failure.usage(Messages.Writing.empty) }
      edit.set(.text, .text(words))
    }
    if let date = when.date { edit.set(.date, .date(try context.date(date))) }
    setEntryFields(&edit)
    try setMeasures(&edit)
    try setStepFields(&edit, context)
    for (register, text) in [
      (RegisterName.trigger, measures.trigger), (.said, measures.said), (.meant, measures.meant),
      // What is feared is one option, and another register of a step.
      (kind == .step ? .fearedOutcome : .fear, measures.fear), (.action, measures.action),
      (.technique, try measures.technique.map(MoodWords.technique)), (.note, measures.note),
    ] {
      if let text { edit.set(register, .text(text)) }
    }
    try setMembers(&edit, context)
    return edit
  }

  private func setEntryFields(_ edit: inout RecordEdit) {
    if let title = entry.title { edit.set(.title, .text(title)) }
    if let journal = entry.journal { edit.set(.journal, .text(journal)) }
    if entry.star { edit.set(.starred, .boolean(true)) }
    if noStar { edit.set(.starred, .boolean(false)) }
  }

  private func setMeasures(_ edit: inout RecordEdit) throws {
    for text in [score, mood] {
      if let text { edit.set(.score, .integer(try WholeNumber.score(text))) }
    }
    for (register, text) in [
      (RegisterName.energy, measures.energy), (.closeness, measures.closeness),
      (.urge, measures.urge),
    ] {
      if let value = try WholeNumber.typed(text, option: "--\(register)") {
        edit.set(register, .integer(value))
      }
    }
    if let pull = measures.pull { edit.set(.pull, .pull(try MoodWords.pull(pull))) }
  }

  private func setStepFields(_ edit: inout RecordEdit, _ context: CommandContext) throws {
    if let due = step.by { edit.set(.due, .date(try context.dueDate(due))) }
    if let text = outcome.outcome { edit.set(.actualOutcome, .text(text)) }
    for (register, text, option) in [
      (RegisterName.rung, step.rung, "--rung"), (.fearBefore, step.fearBefore, "--fear-before"),
      (.fearAfter, outcome.fearAfter, "--fear-after"),
    ] {
      if let value = try WholeNumber.typed(text, option: option) {
        edit.set(register, .integer(value))
      }
    }
  }

  private func setMembers(_ edit: inout RecordEdit, _ context: CommandContext) throws {
    names.tags.forEach { edit.add($0, to: .tag) }
    try names.people(context).forEach { edit.add($0, to: .person) }
    NameList.names(in: emotion).forEach { edit.add($0, to: .emotion) }
    measures.signs.forEach { edit.add($0, to: .sign) }
    NameList.names(in: removeTag).forEach { edit.remove($0, from: .tag) }
    NameList.names(in: removePerson).forEach { edit.remove($0, from: .person) }
    NameList.names(in: removeEmotion).forEach { edit.remove($0, from: .emotion) }
    MoodWords.signs(removeSign).forEach { edit.remove($0, from: .sign) }
  }
}
