internal import ArgumentParser

/// `ebb __unit NAME --program PATH`: prints a unit of systemd, for `scripts/install`.
struct UnitCommand: JournalCommand {
  static let word = "__unit"

  static let configuration: CommandConfiguration = described(
    word, "Print a unit of systemd.", discussion: "")

  static let shape = ArgumentShape(words: .names, values: ["--program"])

  @Argument(help: .hidden) var words: [String] = []
  @Option(help: .hidden) var program = "/usr/bin/ebb"

  mutating func perform(_ context: CommandContext) throws {
    guard let name = words.first else {
      UserTimer.packaged.forEach { context.output.line("\($0.name).service\n\($0.timerName)") }
      return
    }
    for timer in UserTimer.packaged {
      if name == timer.timerName { context.output.write(timer.timer) }
      if name == timer.name + ".service" {
        context.output.write(timer.service(program: program))
      }
    }
  }
}
