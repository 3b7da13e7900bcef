internal import Glibc
internal import ServerCore
internal import ServerSQLite

extension DataFolder {
  /// Asks the server that runs on this folder; if none does, does it on the storage itself.
  /// A repair is never asked of a server that runs.
  ///
  /// Throws a `CommandFailure`, also for an answer that is one.
  func administrate(_ request: AdministrationRequest) async throws -> AdministrationAnswer {
    try verifyExists()
    let answer =
      if request == .repair {
        try await repairDirectly()
      } else if let answer = try ControlClient.ask(request, of: self) {
        answer
      } else {
        try await performDirectly(request)
      }
    if case .failure(let failure) = answer { throw failure }
    return answer
  }

  /// Copies all that the server keeps into a new file at `path`, which belongs to whoever asks.
  ///
  /// A running server makes the copy in its own folder, for it may be kept from every other, or have
  /// others under the same names.
  func backUp(to path: String) async throws {
    try verifyExists()
    guard access(path, F_OK) != 0 else {
      throw CommandFailure(.notPossible, "\(path): File exists.")
    }
    let copy = SQLiteStorage.copyPath(inFolder: self.path)
    guard let answer = try ControlClient.ask(.backup(path: copy), of: self) else {
      return try Self.expectDone(await performDirectly(.backup(path: path)))
    }
    defer { unlink(copy) }
    try Self.expectDone(answer)
    do {
      try await NewFile.copy(copy, to: path)
    } catch let error as StorageError {
      throw CommandFailure(error)
    }
  }

  private static func expectDone(_ answer: AdministrationAnswer) throws {
    switch answer {
    case .done: break
    case .failure(let failure): throw failure
    default: throw AdministrationAnswer.unexpected
    }
  }

  private func verifyExists() throws {
    guard hasDatabase else {
      throw CommandFailure(
        .notPossible, "There is no server's data in \(path). 'ebb-server serve' makes it.")
    }
    guard !hasEmptyDatabase else {
      throw CommandFailure(
        .badFile, "\(database) is empty. If there was anything in it, restore it from a backup.")
    }
  }

  private func repairDirectly() async throws -> AdministrationAnswer {
    do {
      return try await performDirectly(.repair)
    } catch let failure as CommandFailure where failure.exitCode == .tryAgain {
      throw CommandFailure(.tryAgain, "A server is using \(path). Stop it first.")
    }
  }

  private func performDirectly(
    _ request: AdministrationRequest
  ) async throws -> AdministrationAnswer {
    let storage = try openStorage()
    do {
      let accounts = try await AccountService(storage: storage, news: News()) { _ in false }
      let answer = await Administration(accounts: accounts, storage: storage).perform(request)
      try storage.close()
      return answer
    } catch {
      try? storage.close()
      if let error = error as? StorageError { throw CommandFailure(error) }
      throw error
    }
  }

  /// Takes the folder's lock.
  func openStorage() throws -> SQLiteStorage {
    do {
      return try SQLiteStorage(folder: path)
    } catch let error as StorageError {
      throw CommandFailure(error)
    }
  }
}
