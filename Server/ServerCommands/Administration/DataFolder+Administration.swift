internal import ServerCore
internal import ServerSQLite

extension DataFolder {
  /// Asks the server that runs on this folder; if none does, does it on the storage itself.
  /// A repair is never asked of a server that runs.
  ///
  /// Throws a `CommandFailure`, also for an answer that is one.
  func administrate(_ request: AdministrationRequest) async throws -> AdministrationAnswer {
    guard exists else {
      throw CommandFailure(
        .notPossible, "There is no server's data in \(path). 'ebb-server serve' makes it.")
    }
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
