internal import Foundation
internal import Glibc
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle

/// Answers administration on the folder's socket for as long as the server runs.
///
/// Who may open the folder (0700) and the socket (0600) may ask; nobody else can reach it.
struct ControlService: Service {
  let folder: DataFolder
  let administration: Administration
  let logger: Logger

  private static let requestBytesMax = 64 << 10

  private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  func run() async throws {
    let socket = try ControlSocket(folder)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .bind(unixDomainSocketPath: socket.path, cleanupExistingSocketFile: true) { channel in
        channel.eventLoop.makeCompletedFuture {
          try Connection(wrappingChannelSynchronously: channel)
        }
      }
    chmod(socket.path, 0o600)
    do {
      try await cancelWhenGracefulShutdown { try await answerAll(listener) }
    } catch is CancellationError {
      // Told to stop.
    }
    unlink(folder.path + "/" + folder.socketName)
  }

  private func answerAll(_ listener: NIOAsyncChannel<Connection, Never>) async throws {
    try await listener.executeThenClose { connections in
      try await withThrowingDiscardingTaskGroup { group in
        for try await connection in connections {
          group.addTask { await answer(connection) }
        }
      }
    }
  }

  private func answer(_ connection: Connection) async {
    do {
      try await connection.executeThenClose { inbound, outbound in
        var line = Data()
        for try await part in inbound {
          line.append(contentsOf: part.readableBytesView)
          if line.last == UInt8(ascii: "\n") || line.count > Self.requestBytesMax { break }
        }
        guard let request = try? JSONDecoder().decode(AdministrationRequest.self, from: line)
        else { return }
        let answer = await administration.perform(request)
        logger.info("administration", metadata: ["command": "\(request.name)"])
        try await outbound.write(ByteBuffer(bytes: JSONEncoder().encode(answer)))
      }
    } catch {
      logger.debug("administration cut off")
    }
  }
}

extension AdministrationRequest {
  fileprivate var name: String {
    switch self {
    case .invite: "invite"
    case .accounts: "accounts"
    case .backup: "backup"
    case .check: "check"
    case .repair: "repair"
    }
  }
}
