internal import Glibc
internal import Interchange
internal import JournalModel
internal import JournalSealing
internal import JournalStore
internal import JournalSync

extension Failure {
  /// The one mapping of errors to what people read and the shell gets.
  init(describing error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as InputError: self.init(error)
    case let error as TypedDateError: self.init(.usage, error.description)
    case let error as SearchQueryError:
      self.init(.usage, Messages.Searching.sentence(error))
    case let error as StoreError: self.init(error)
    case let error as SyncFailure: self.init(error)
    case let error as InvalidServerAddress: self.init(.usage, error.description)
    case let error as FileLockError:
      self.init(.disk, Messages.Files.unwritable(path: error.path, code: error.code))
    case let error as PassphraseError: self.init(.usage, Messages.Secrets.passphrase(error))
    case let error as RecoveryCodeError: self.init(.usage, Messages.Secrets.recoveryCode(error))
    case let error as KeysError: self.init(error)
    case let error as ChangeError: self.init(error)
    case let error as ExportError: self.init(error)
    case let error as ImportError: self.init(error)
    default: self.init(.notPossible, Messages.Unexpected.error("\(error)"))
    }
  }

  private init(_ error: InputError) {
    let status: ExitStatus = error.reportedAs == .data ? .badData : .usage
    self.init(status, Messages.Writing.notTaken(error.description))
  }

  private init(_ error: StoreError) {
    let status: ExitStatus =
      switch error.code {
      case .missing, .exists, .sequencesUsedUp, .unexpected: .notPossible
      case .foreign, .damaged, .newerVersion: .badData
      case .busy, .replaced: .tryAgain
      case .diskFull, .noRoom, .readOnly, .cannotOpen, .inputOutput: .disk
      case .otherAccount: .notAllowed
      }
    self.init(status, Messages.Storage.sentence(error))
  }

  private init(_ error: SyncFailure) {
    let status: ExitStatus =
      switch error.code {
      case .noAccount, .nameTaken, .accountTaken, .noInstallation: .notPossible
      case .nameInvalid: .usage
      case .linkDamaged: .badData
      case .unreachable, .outcomeUnknown, .protocolVersion, .serverFailed, .malformedAnswer,
        .keysDamagedThere:
        .unreachable
      case .keysChanged, .rateLimited, .serverBusy, .storageFull, .busy, .journalReplaced: .tryAgain
      case .notNoted: .disk
      case .loggedOut, .untrusted, .pinChanged, .loginFailed, .secretOfNewerKeys, .otherSecret,
        .sessionEnded, .accountMissing, .otherAccount, .keysRefused, .inviteInvalid:
        .notAllowed
      }
    self.init(status, Messages.Sync.sentence(error))
  }

  private init(_ error: KeysError) {
    switch error {
    case .wrongSecret: self.init(.notAllowed, Messages.Secrets.wrong)
    case .derivationFailed: self.init(.tryAgain, Messages.Secrets.noMemory)
    default: self.init(.notAllowed, Messages.Secrets.keysRefused)
    }
  }

  private init(_ error: ExportError) {
    let status: ExitStatus =
      switch error {
      case .exists, .wrongKind, .notAFile, .unavailable, .noConverter, .notConverted: .notPossible
      case .unwritable, .nobodyReads: .disk
      }
    self.init(status, Messages.Export.sentence(error))
  }

  private init(_ error: ImportError) {
    let status: ExitStatus =
      switch error {
      case .unreadable(_, ENOENT), .unreadable(_, ENOTDIR): .notPossible
      case .unreadable: .disk
      case .neitherFileNorFolder, .notRecognised, .ambiguous, .encrypted, .damaged, .notText,
        .unsafeArchive:
        .badData
      }
    self.init(status, Messages.Import.sentence(error))
  }

  private init(_ error: ChangeError) {
    switch error {
    case .payloadTooLarge(let bytes, let limit):
      self.init(.badData, Messages.Writing.tooMuch(bytes: bytes, limit: limit))
    default: self.init(.notPossible, Messages.Unexpected.error("\(error)"))
    }
  }
}
