import JournalSealing
import JournalStore
import JournalSync
import ServerCore
import SyncProtocol

/// What a device does with the server: it takes several steps, and others come in between.
extension World {
  typealias Errand = @Sendable (SyncClient) async throws -> SyncReport

  func runErrand(_ device: Device) throws {
    switch device.standing {
    case .never, .loggedOut: try begin(device, "logs in", logIn())
    case .accountMissing: try begin(device, "registers anew", try registerAnew())
    case .joined:
      if random.chance(weather.passphrase), passphrases.count < 4 {
        try begin(device, "changes the passphrase", changePassphrase())
      } else if random.chance(weather.revoke) {
        try begin(device, "revokes a machine", revoke(pick: random.index(1_000)))
      } else if random.chance(weather.erase), !records.isEmpty {
        try beginErasing(records[random.index(records.count)], on: device)
      } else if device.lastReport.isContested, random.chance(0.3) {
        try begin(device, "sees the doctor", Self.heal)
      } else {
        try begin(device, "syncs", Self.sync)
      }
    }
  }

  /// Begins an errand, which goes on while its requests are answered.
  func begin(_ device: Device, _ name: String, _ errand: @escaping Errand) throws {
    do {
      let client = try device.client()
      trace("\(device.name) \(name)")
      device.errand = (name, executor.start { try await errand(client) })
    } catch let error as StoreError {
      try failed(device, name, error)
    }
    try endErrand(of: device)
  }

  /// Takes note of an errand that has come to its end.
  func endErrand(of device: Device) throws {
    guard let (name, outcome) = device.errand, let result = outcome.result else { return }
    device.errand = nil
    let erasing = device.erasing
    device.erasing = nil
    if let erasing { endErasing(erasing, isDone: (try? result.get()) != nil) }
    switch result {
    case .success(let report):
      let warnings = report.warnings.map { "\($0)" }.sorted().joined(separator: " ")
      trace("\(device.name) \(name): +\(report.pushed) -\(report.pulled) \(warnings)")
      device.standing = report.warnings.contains(where: asksForLogin) ? .loggedOut : .joined
      device.lastReport = report
    case .failure(let error):
      switch error {
      case let failure as SyncFailure:
        trace("\(device.name) \(name): \(failure)")
        try failed(device, failure)
      case let failure as StoreError: try failed(device, name, failure)
      default: throw Violation("\(device.name) \(name): \(error)")
      }
    }
  }

  /// `ebb restore` is what the sentence names.
  private func asksForLogin(_ warning: SyncWarning) -> Bool {
    switch warning {
    case .forked, .olderKeys: true
    default: false
    }
  }

  private func failed(_ device: Device, _ failure: SyncFailure) throws {
    switch failure.code {
    case .noAccount: device.standing = .never
    case .loggedOut, .sessionEnded, .keysChanged: device.standing = .loggedOut
    case .accountMissing: device.standing = .accountMissing
    // The answer to a name that is not there is that the passphrase is wrong.
    case .loginFailed: if device.standing == .loggedOut { device.standing = .accountMissing }
    case .unreachable, .outcomeUnknown, .rateLimited, .noInstallation, .inviteInvalid, .nameTaken,
      .accountTaken:
      break
    case .serverFailed where service.disk?.hasFailed == true: break
    case .storageFull where service.disk?.hasFailed == true: break
    // This machine's disk, after the server's part: the next sync tells how things stand.
    case .notNoted: break
    // Only where somebody lies.
    case .malformedAnswer, .serverFailed, .keysRefused, .storageFull, .protocolVersion:
      guard weather.lie > 0 else { throw Violation("\(device.name): \(failure)") }
    default: throw Violation("\(device.name): \(failure)")
    }
  }
}

// Errands.
extension World {
  static let sync: Errand = { try await $0.sync() }

  /// `ebb doctor`, as the warning says.
  static let heal: Errand = { try await $0.heal() }

  /// Logs in with whichever passphrase it is, and takes in all there is.
  func logIn() -> Errand {
    tryingPassphrases { client, passphrase in
      try await client.restore(
        Restoration(
          server: try Self.server(), accountName: Self.accountName,
          secret: .passphrase(passphrase))
      ).report
    }
  }

  /// Puts the account on a server that lost it; or logs in, where another machine was first.
  func registerAnew() throws -> Errand {
    guard try administering({ try await $0.accounts().isEmpty }) else { return logIn() }
    let invite = try invite()
    return tryingPassphrases { client, passphrase in
      _ = try await client.register(
        Registration(
          server: try Self.server(), accountName: Self.accountName, invite: invite,
          passphrase: passphrase))
      return SyncReport()
    }
  }

  private func changePassphrase() -> Errand {
    let new = "the river in spring \(passphrases.count)"
    let errand = tryingPassphrases { client, passphrase in
      try await client.changePassphrase(
        current: .passphrase(passphrase), to: try Passphrase(new))
      return SyncReport()
    }
    passphrases.append(new)
    return errand
  }

  private func revoke(pick: Int) -> Errand {
    { client in
      let devices = try await client.devices()
      try await client.revoke(devices[pick % devices.count].id)
      return SyncReport()
    }
  }

  /// People who do not know which passphrase is the account's try them all.
  private func tryingPassphrases(
    _ body: @escaping @Sendable (SyncClient, Passphrase) async throws -> SyncReport
  ) -> Errand {
    let passphrases = passphrases
    return { client in
      for passphrase in passphrases.reversed() {
        do {
          return try await body(client, try Passphrase(passphrase))
        } catch let failure as SyncFailure where failure.isOfSecret {}
      }
      throw SyncFailure(.loginFailed)
    }
  }
}

extension SyncFailure {
  /// Another passphrase may be the one.
  fileprivate var isOfSecret: Bool {
    switch code {
    case .loginFailed, .secretOfNewerKeys, .otherSecret: true
    default: false
    }
  }
}
