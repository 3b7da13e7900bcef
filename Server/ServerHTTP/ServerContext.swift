internal import Hummingbird
internal import NIOCore
internal import OperationLog
internal import ServerCore
internal import Synchronization

/// What middleware and routes know of a request beyond its message.
struct ServerContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel
  /// What the log line of this request says.
  let notes = RequestNotes()

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  var address: ClientAddress { ClientAddress(of: channel) }
}

/// Filled in along the way and read when the answer is known.
final class RequestNotes: Sendable {
  private struct State {
    var account: AccountID?
    var bytesReceived = 0
    var failure: String?
    var damage = Damage()
  }

  /// What the disk had changed.
  struct Damage: Sendable {
    /// Operations that were found damaged.
    var operationCount = 0
    /// What was noted wrongly, and put right.
    var corrections: [String] = []
  }

  private let state = Mutex(State())

  var account: AccountID? {
    get { state.withLock { $0.account } }
    set { state.withLock { $0.account = newValue } }
  }

  var bytesReceived: Int {
    get { state.withLock { $0.bytesReceived } }
    set { state.withLock { $0.bytesReceived = newValue } }
  }

  /// Why the server failed, for the log only.
  var failure: String? {
    get { state.withLock { $0.failure } }
    set { state.withLock { $0.failure = newValue } }
  }

  var damage: Damage {
    get { state.withLock { $0.damage } }
    set { state.withLock { $0.damage = newValue } }
  }
}

extension ClientAddress {
  /// The address at the other end of a connection.
  init(of channel: any Channel) {
    self.init(channel.remoteAddress?.ipAddress ?? "local")
  }
}
