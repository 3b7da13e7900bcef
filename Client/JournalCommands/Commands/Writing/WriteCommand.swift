internal import ArgumentParser
internal import JournalModel
internal import JournalStore

/// `ebb write`: an entry, from words, standard input or the editor.
struct WriteCommand: JournalCommand {
  static let configuration: CommandConfiguration = described(
    "write", "Write an entry.",
    usage: "ebb write [TEXT…] [options]",
    discussion: Messages.Help.write)

  static let shape = ArgumentShape(
    words: .text, flags: ["--standard-input", "--draft", "--prompt"],
    values: ["--mood", "--template", "--prompt-id"]
  )
  .adding(DateOption.shape, NameOptions.shape, EntryOptions.shape, JSONOption.shape)

  @Argument(
    help: ArgumentHelp(
      "What you want to write. Without it: standard input if something is piped in, else your "
        + "editor.", valueName: "text"))
  var text: [String] = []

  @OptionGroup var when: DateOption
  @OptionGroup var names: NameOptions
  @OptionGroup var entry: EntryOptions

  @Option(help: ArgumentHelp("Log your mood with it, 1 to 10.", valueName: "n"))
  var mood: String?

  @Option(
    help: ArgumentHelp("Begin with a template, in your editor.", valueName: "name"),
    completion: .asked(.template))
  var template: String?

  @Flag(help: "Answer a question that fits the last days; `ebb prompts` lists them all.")
  var prompt = false

  @Option(
    help: ArgumentHelp("Answer this question.", valueName: "id"),
    completion: .list(Prompt.all.map(\.id)))
  var promptId: String?

  @Flag(help: "Go on with the latest draft that an editor left behind.")
  var draft = false

  /// What a lone `-` stands for.
  @Flag(help: .hidden) var standardInput = false

  @OptionGroup var output: JSONOption

  mutating func perform(_ context: CommandContext) throws {
    // All that can be wrong with the options is found before anybody writes a word.
    let date = try context.date(when.date)
    let score = try mood.map { try WholeNumber.score($0) }
    var draft = try entryDraft(date, context)
    let question = try question(context)
    draft.prompt = question?.id
    try Self.check(draft)
    if self.draft || template != nil {
      guard text.isEmpty else { throw Failure.usage(Messages.Editing.wordsAndEditor) }
      try writeInEditor(draft, score, question, context)
    } else if !text.isEmpty {
      draft.text = try TextSource(context: context).text(words: text).text
      takeDate(ofTextIn: &draft, context)
      try save(draft, score, context)
    } else if standardInput || !context.terminal.inputIsTerminal {
      draft.text = try TextSource(context: context).piped().text
      takeDate(ofTextIn: &draft, context)
      try save(draft, score, context)
    } else {
      try writeInEditor(draft, score, question, context)
    }
  }

  /// As jrnl has it: `yesterday: Met Sam.` The words stay as they are.
  private func takeDate(ofTextIn draft: inout EntryDraft, _ context: CommandContext) {
    guard when.date == nil, let named = DatePrefix.date(of: draft.text, context) else { return }
    draft.date = named
  }

  /// What the entry answers, if it is to answer anything.
  private func question(_ context: CommandContext) throws -> Prompt? {
    guard prompt || promptId != nil else { return nil }
    try context.requirePractice()
    guard let promptId else { return try context.promptOfToday() }
    if prompt { throw Failure.usage(Messages.Prompts.promptAndID) }
    return try context.prompt(id: promptId)
  }

  private func save(_ draft: EntryDraft, _ score: Int?, _ context: CommandContext) throws {
    let id = RecordID.random()
    var ids = [id]
    var changes = [try draft.change(record: id, createdAt: context.now)]
    if let score {
      var mood = MoodDraft(date: draft.date)
      mood.score = score
      mood.tags = draft.tags
      mood.people = draft.people
      mood.entry = id
      ids.append(RecordID.random())
      changes.append(try mood.change(record: ids[1], createdAt: context.now))
    }
    try context.save(changes)
    // As JSON the entry alone: one document.
    if output.json { return try context.show(id, verb: Messages.Writing.saved, json: true) }
    try context.show(ids, verb: Messages.Writing.saved, json: false)
  }

  /// What the options say, without a text.
  private func entryDraft(_ date: JournalDate, _ context: CommandContext) throws -> EntryDraft {
    var draft = EntryDraft(date: date, text: "")
    draft.title = entry.title
    draft.tags = names.tags
    draft.people = try names.people(context)
    draft.isStarred = entry.star
    draft.journal = try entry.journal.map(Self.journalName) ?? Entry.defaultJournal
    return draft
  }

  private static func check(_ draft: EntryDraft) throws {
    var draft = draft
    draft.text = "-"
    _ = try draft.change(record: .random(), createdAt: 0)
  }

  private static func journalName(_ name: String) throws -> String {
    try OneLineName.checked(name, field: "journal")
  }
}

// In the editor.
extension WriteCommand {
  private func writeInEditor(
    _ draft: EntryDraft, _ score: Int?, _ question: Prompt?, _ context: CommandContext
  ) throws {
    var form = EntryForm(draft, date: when.date ?? DateText.short(draft.date))
    form.prompt = question?.id ?? ""
    form.question = question?.question
    let asked = form
    let goingOn = Messages.Editing.goOn(mood: score)
    let text =
      self.draft
      ? try continued(form, goingOn, context) : try begun(&form, draft.date, goingOn, context)
    try text.keepingDraft {
      try form.read(text.text)
      guard !form.text.isBlank else {
        text.draft?.remove()
        throw Failure.usage(Messages.Writing.empty)
      }
      var entry = draft
      // What was not touched is as exact as the clock.
      if form.date != asked.date { entry.date = try context.date(form.date.nilIfEmpty) }
      entry.title = form.title.nilIfEmpty
      entry.tags = form.tags
      entry.people = form.people
      entry.journal = try Self.journalName(form.journal)
      entry.isStarred = form.isStarred
      entry.prompt = form.prompt.nilIfEmpty
      entry.text = form.text
      if form.date == asked.date && template == nil { takeDate(ofTextIn: &entry, context) }
      try save(entry, score, context)
    }
  }

  private func begun(
    _ form: inout EntryForm, _ date: JournalDate, _ goingOn: String, _ context: CommandContext
  ) throws -> TextSource.Text {
    if let name = template {
      let given = form
      let file = try Template(named: name, context)
      try form.read(file.filled(in: date))
      form.add(given, dated: true)
      tellUnknownPlaceholders(of: file, named: name, context)
    }
    let begun = form.rendered
    let text = try TextSource(context: context).edited(
      begun, .write, goingOn: { _ in goingOn }, missing: Messages.Editing.noEditor)
    guard text.text.withoutLineEndsAtEnd != begun.withoutLineEndsAtEnd else {
      text.draft?.remove()
      throw Failure.usage(
        template == nil ? Messages.Writing.empty : Messages.Writing.discarded)
    }
    return text
  }

  /// They stay in the text, where whoever writes can still take them out.
  private func tellUnknownPlaceholders(
    of template: Template, named name: String, _ context: CommandContext
  ) {
    let unknown = template.unknownPlaceholders
    guard !unknown.isEmpty else { return }
    context.output.message(
      Messages.Editing.unknownPlaceholders(unknown, in: name, known: Template.placeholders))
  }

  /// A draft that is saved as it is, if the editor leaves it so.
  ///
  /// - Parameters:
  ///   - given: what the options say, which the editor shows with it.
  ///   - goingOn: how to go on with it another time, as a sentence.
  private func continued(
    _ given: EntryForm, _ goingOn: String, _ context: CommandContext
  ) throws -> TextSource.Text {
    let drafts = Draft.all(in: context.folders.drafts).filter { $0.purpose == .write }
    guard var draft = drafts.last(where: { !$0.isOpen }) else {
      throw Failure(
        .notPossible, drafts.isEmpty ? Messages.Editing.noDraft : Messages.Editing.draftIsOpen)
    }
    draft.goingOn = goingOn
    if !given.saysNothing || when.date != nil {
      var form = given
      try form.read(try draft.read())
      form.add(given, dated: when.date != nil)
      var filled = try Draft.make(form.rendered, .write, in: context.folders.drafts)
      filled.goingOn = goingOn
      draft.remove()
      draft = filled
    }
    try Editor(context: context, missing: Messages.Editing.noEditor).edit(draft, from: nil)
    return TextSource.Text(text: try draft.read(), draft: draft)
  }
}

extension EntryForm {
  fileprivate init(_ draft: EntryDraft, date: String) {
    self.init(
      date: date, title: draft.title ?? "", tags: draft.tags, people: draft.people,
      journal: draft.journal, isStarred: draft.isStarred)
  }

  /// No option but the date's has filled it in.
  fileprivate var saysNothing: Bool {
    title.isEmpty && tags.isEmpty && people.isEmpty && journal == Entry.defaultJournal
      && !isStarred && prompt.isEmpty
  }

  /// What options say besides what a template or a draft says.
  fileprivate mutating func add(_ given: EntryForm, dated: Bool) {
    if dated { date = given.date }
    if !given.prompt.isEmpty { prompt = given.prompt }
    if !given.title.isEmpty { title = given.title }
    tags += given.tags.filter { !tags.contains($0) }
    people += given.people.filter { !people.contains($0) }
    if given.journal != Entry.defaultJournal { journal = given.journal }
    if given.isStarred { isStarred = true }
  }
}

extension String {
  fileprivate var nilIfEmpty: String? { isEmpty ? nil : self }
}
