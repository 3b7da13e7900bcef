internal import ArgumentParser
internal import Glibc
internal import NIOCore

/// `HOST:PORT`, an IPv6 address in brackets.
struct ListenAddress: Hashable, Sendable, ExpressibleByArgument {
  let host: String
  /// 0 lets the system choose.
  let port: Int

  /// All IPv4 addresses of the machine: the point of a sync server is that other machines
  /// reach it. TLS guards what passes, and nobody gets an account without an invite.
  static let standard = ListenAddress(host: "0.0.0.0", port: 8443)

  private init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  init?(argument: String) {
    guard let colon = argument.lastIndex(of: ":"),
      let port = UInt16(argument[argument.index(after: colon)...])
    else { return nil }
    var host = argument[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: Int(port))
  }

  /// What help shows as the default.
  var defaultValueDescription: String {
    (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
  }

  var isWildcard: Bool { host == "0.0.0.0" || host == "::" }
}

/// A name or an address under which clients know the server, as a URL carries it.
struct HostName: Hashable, Sendable, ExpressibleByArgument {
  /// Lower case, without port and without brackets.
  let text: String

  init?(argument: String) {
    let text = argument.lowercased()
    guard !text.isEmpty, text.utf8.count <= 253,
      text.utf8.allSatisfy({ Self.allowed.contains($0) }), text.first != "-", text.first != "."
    else { return nil }
    self.text = text
  }

  private static let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-._:".utf8)

  /// As it stands in a URL.
  static func inURL(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
  }
}

extension ListenAddress {
  /// What a certificate should name because the server listens there.
  var namedHosts: [String] { isWildcard ? [] : [host] }

  /// Why the address could not be had.
  func failure(_ error: IOError) -> CommandFailure {
    let place = "\(HostName.inURL(host)):\(port)"
    return switch error.errnoCode {
    case EADDRINUSE:
      CommandFailure(
        .unavailable, "Another program listens on \(place). Stop it, or choose another --listen.")
    case EACCES:
      CommandFailure(
        .notAllowed, "This user may not listen on \(place). Ports from 1024 on are open to all.")
    case EADDRNOTAVAIL:
      CommandFailure(.badOption, "This machine has no address \(host) to listen on.")
    default:
      CommandFailure(
        .unavailable,
        "Nothing can listen on \(place): \(String(cString: strerror(error.errnoCode))).")
    }
  }
}
