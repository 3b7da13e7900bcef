private import Foundation
import JournalModel
import JournalSealing
import JournalStore
import JournalSync
import OperationLog
import ServerCore
import TestSupport

/// Devices, a server, and what lies between them. Each step, one thing happens.
final class World {
  let options: SimulationOptions
  let executor = StepExecutor()
  let time = SimulatedTime()
  let trace: Trace
  let weather: Weather
  var random: SeededGenerator
  var devices: [Device] = []
  var ledger = Ledger()
  let service: Service
  /// Requests whose senders have given up.
  var stragglers: [Exchange] = []
  /// Passphrases that may be the account's, the likeliest last: a change whose answer was lost may
  /// or may not have been made.
  var passphrases = ["two rivers meet"]
  /// Answers that the server gave, some of them.
  var pastAnswers: [ExchangeResponse] = []
  /// Records that somebody made, in the order they were made.
  var records: [RecordID] = []
  private var lastWord = 0
  /// The words of operations that were looked into.
  var wordsByDigest: [OperationDigest: Set<String>] = [:]
  /// Somebody was told, when all was well, that the server has other changes of the same names.
  var isContested = false
  private let folder: String

  static let accountName = "ada"

  init(seed: UInt64, options: SimulationOptions, folder: String) throws {
    self.options = options
    self.folder = folder
    random = SeededGenerator(seed: seed)
    trace = Trace(time, keepsLines: options.traces)
    weather = Weather(&random)
    service = try Service(executor, time, &random)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let count = options.deviceCount ?? Int.random(in: 3...8, using: &random)
    for _ in 0..<count { try addDevice(machine: nil) }
  }

  @discardableResult
  func addDevice(machine: String?) throws -> Device {
    let name = "d\(devices.count + 1)"
    let lockFolder = folder + "/" + name
    try FileManager.default.createDirectory(
      atPath: lockFolder, withIntermediateDirectories: false)
    let device = Device(
      name: name, machine: machine ?? name, time: time, lockFolder: lockFolder, random: &random)
    devices.append(device)
    return device
  }

  func run() throws -> SimulationReport {
    try begin()
    for _ in 0..<options.stepCount { try step() }
    try settle()
    return try check()
  }

  /// The first device makes the account; most others come at once, and some when they come.
  private func begin() throws {
    let invite = try invite()
    try finish(devices[0], "registers") { client in
      _ = try await client.register(
        Registration(
          server: try Self.server(), accountName: Self.accountName, invite: invite,
          passphrase: try Passphrase("two rivers meet")))
      try client.recoveryCodeWasShown()
      return SyncReport()
    }
    for device in devices.dropFirst() where random.chance(0.7) {
      try finish(device, "logs in", logIn())
    }
  }

  func invite() throws -> String {
    try administering { try await $0.createInvite().code }
  }

  /// What whoever keeps the server does there, when its disk is in a good mood.
  func administering<Value: Sendable>(
    _ body: @escaping @Sendable (AccountService) async throws -> Value
  ) throws -> Value {
    let accounts = service.server.accounts
    func run() throws -> Value { try executor.complete { try await body(accounts) } }
    return try service.disk?.undisturbed(run) ?? run()
  }

  static func server() throws -> SyncClient.Server {
    SyncClient.Server(address: try ServerAddress(parsing: "https://\(SimulatedServer.name)"))
  }

  /// A word that is nowhere yet.
  func newWord(_ device: Device) -> String {
    lastWord += 1
    return "\(device.name)w\(lastWord)z"
  }
}

// What happens next.
extension World {
  func step() throws {
    trace.nextStep()
    let waiting = devices.flatMap(\.exchanges)
    passTime(isShort: !waiting.isEmpty)
    if !waiting.isEmpty, random.chance(0.6) {
      try deliver(waiting[random.index(waiting.count)])
    } else if !stragglers.isEmpty, random.chance(0.2) {
      let straggler = stragglers.remove(at: random.index(stragglers.count))
      trace("\(straggler.device.name)'s \(straggler.request.route) arrives late")
      _ = try answer(straggler.request)
    } else if try !befall() {
      let device = devices[random.index(devices.count)]
      try act(device)
    }
    for device in devices where device.disk.isDown { try restart(device) }
  }

  /// - Parameter isShort: somebody waits for an answer.
  private func passTime(isShort: Bool) {
    guard !isShort || random.chance(0.02) else {
      return time.pass(milliseconds: Int64.random(in: 0...1_500, using: &random))
    }
    switch random.index(20) {
    case 0: time.pass(milliseconds: Int64.random(in: 0...100_000_000, using: &random))
    case 1...4: time.pass(milliseconds: Int64.random(in: 0...2_000_000, using: &random))
    case 5: break
    default: time.pass(milliseconds: Int64.random(in: 0...20_000, using: &random))
    }
  }

  private func act(_ device: Device) throws {
    if device.errand == nil, random.chance(0.35) {
      try runErrand(device)
    } else {
      try write(device)
    }
  }
}
