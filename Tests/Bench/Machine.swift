import Glibc
import JournalModel
import JournalStore

/// A machine of its own: a folder for `EBB_HOME`, and the built program.
struct Machine {
  let home: String
  let program: String

  init(home: String, programs: String, autoSync: Bool = false) throws {
    self.home = home
    program = programs + "/ebb"
    mkdir(home, 0o700)
    try writeFile(home + "/config.toml", "[sync]\nauto = \(autoSync)\n")
  }

  var environment: [String: String] {
    ["EBB_HOME": home, "EBB_PASSPHRASE": "a bench is not a secret place"]
  }

  @discardableResult
  func ebb(_ arguments: String..., watchingMemory: Bool = false) throws -> ChildProcess.Outcome {
    try ChildProcess.run(
      [program] + arguments, environment: environment, watchingMemory: watchingMemory)
  }

  /// Writes entries straight into the store, many to a transaction.
  func fill(entries count: Int, seed: UInt64) throws {
    let store = try JournalStore.open(folder: home, environment: .live)
    var corpus = Corpus(seed: seed)
    var generator = SystemRandomNumberGenerator()
    let rare = count / 2
    for start in stride(from: 0, to: count, by: 1000) {
      let changes = (start..<min(start + 1000, count)).map { number in
        var text = corpus.entry()
        if number == rare { text += " " + Corpus.rareWord }
        return RecordChange(
          record: RecordID.random(using: &generator), kind: .entry,
          writes: [
            RegisterWrite(.created, .integer(1_500_000_000_000 + Int64(number) * 3_600_000)),
            RegisterWrite(.date, .text(Self.date(number))),
            RegisterWrite(RegisterName("text"), .text(text)),
          ])
      }
      _ = try store.write(changes)
    }
  }

  /// Three entries a day from 1990 on.
  private static func date(_ number: Int) -> String {
    var seconds = time_t(631_180_800 + number / 3 * 86_400 + [28_800, 43_200, 72_000][number % 3])
    var fields = tm()
    gmtime_r(&seconds, &fields)
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S+00:00[UTC]", &fields)
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

func writeFile(_ path: String, _ text: String) throws {
  guard let file = fopen(path, "w") else { throw BenchError("cannot write \(path)") }
  defer { fclose(file) }
  _ = text.withCString { fputs($0, file) }
}
