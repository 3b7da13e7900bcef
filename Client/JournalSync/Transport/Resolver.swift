import Glibc
import NIOCore

/// Addresses of a host in the order in which the system would try them (RFC 6724).
enum Resolver {
  /// Blocks for as long as the system's resolver does; no thread is started for it.
  static func addresses(of host: String, port: Int) throws -> [SocketAddress] {
    if let address = try? SocketAddress(ipAddress: host, port: port) { return [address] }
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, nil, &hints, &list)
    guard code == 0 else { throw ResolverError(host: host, code: code) }
    defer { freeaddrinfo(list) }
    var addresses: [SocketAddress] = []
    var next = list
    while let info = next {
      if let address = socketAddress(info.pointee, port: port), !addresses.contains(address) {
        addresses.append(address)
      }
      next = info.pointee.ai_next
    }
    guard !addresses.isEmpty else { throw ResolverError(host: host, code: EAI_NONAME) }
    return addresses
  }

  private static func socketAddress(_ info: addrinfo, port: Int) -> SocketAddress? {
    guard let address = info.ai_addr else { return nil }
    var found: SocketAddress
    switch info.ai_family {
    case AF_INET:
      found = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        SocketAddress($0.pointee, host: "")
      }
    case AF_INET6:
      found = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        SocketAddress($0.pointee, host: "")
      }
    default: return nil
    }
    found.port = port
    return found
  }
}

/// A host name that has no address. `description` is a plain sentence without its full stop.
struct ResolverError: Error, CustomStringConvertible {
  let host: String
  let code: Int32

  var description: String {
    "no address is known for \(host) (\(String(cString: gai_strerror(code))))"
  }
}
