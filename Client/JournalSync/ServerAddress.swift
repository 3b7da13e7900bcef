private import Glibc

/// Where a server is: `https://HOST[:PORT]`, nothing more.
///
/// A host without `https://` before it is accepted. Without a port it is 443, as everywhere;
/// `ebb-server` prints its address with its port (8443 unless told otherwise).
package struct ServerAddress: Hashable, Sendable {
  /// Lower case; an IPv6 address without brackets and in its canonical form.
  package let host: String
  package let port: Int
  /// Whether `host` is an IP address and no name.
  package let isNumeric: Bool

  package static let defaultPort = 443

  /// Throws an `InvalidServerAddress`.
  package init(parsing text: String) throws {
    var rest = Substring(text)
    if let range = Self.scheme(of: rest) {
      let scheme = rest[range].lowercased()
      guard scheme == "https" else {
        throw InvalidServerAddress(text: text, reason: scheme == "http" ? .plainHTTP : .scheme)
      }
      rest = rest[range.upperBound...].dropFirst(3)
    }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    guard !rest.contains(where: { "/?#@\\".contains($0) }) else {
      throw InvalidServerAddress(text: text, reason: .moreThanHost)
    }
    guard rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
      throw InvalidServerAddress(text: text, reason: .notASCII)
    }
    let (host, port) = try Self.split(rest, of: text)
    if let port {
      guard let number = UInt16(port), number > 0, port.utf8.allSatisfy(Self.isDigit) else {
        throw InvalidServerAddress(text: text, reason: .port)
      }
      self.port = Int(number)
    } else {
      self.port = Self.defaultPort
    }
    if host.contains(":") {
      guard let canonical = Self.canonicalIPv6(host) else {
        throw InvalidServerAddress(text: text, reason: .host)
      }
      self.host = canonical
      isNumeric = true
    } else {
      guard Self.isHostName(host) else { throw InvalidServerAddress(text: text, reason: .host) }
      self.host = host.lowercased()
      isNumeric = Self.isIPv4(self.host)
      // A name that ends in a number would be read as an address by some and as a name by others.
      let last = self.host.split(separator: ".").last ?? ""
      guard isNumeric || !last.utf8.allSatisfy(Self.isDigit) else {
        throw InvalidServerAddress(text: text, reason: .host)
      }
    }
  }
}

extension ServerAddress: CustomStringConvertible {
  /// The URL; it reads back as the same address.
  package var description: String {
    port == Self.defaultPort ? "https://\(bracketedHost)" : "https://\(bracketedHost):\(port)"
  }

  /// The name that a login signature is for.
  package var serverName: String { host }

  /// This machine itself: never reached through a proxy.
  package var isLoopback: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
      || (isNumeric && host.hasPrefix("127."))
  }

  /// With port, for a request's `Host` field.
  var authority: String { port == Self.defaultPort ? bracketedHost : "\(bracketedHost):\(port)" }

  var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }
}

extension ServerAddress: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    try self.init(parsing: container.decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension ServerAddress {
  /// What stands before `://`.
  private static func scheme(of text: Substring) -> Range<Substring.Index>? {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    return text.startIndex..<colon
  }

  private static func split(
    _ rest: Substring, of text: String
  ) throws -> (host: String, port: String?) {
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else {
        throw InvalidServerAddress(text: text, reason: .host)
      }
      let host = rest[rest.index(after: rest.startIndex)..<end]
      let tail = rest[rest.index(after: end)...]
      guard host.contains(":"), tail.isEmpty || tail.first == ":" else {
        throw InvalidServerAddress(text: text, reason: .host)
      }
      return (String(host), tail.isEmpty ? nil : String(tail.dropFirst()))
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return (String(parts[0]), nil)
    case 2: return (String(parts[0]), String(parts[1]))
    default: throw InvalidServerAddress(text: text, reason: .host)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// Letters, digits, hyphens and underscores in labels of 1 to 63, 253 in all.
  private static func isHostName(_ host: String) -> Bool {
    host.utf8.count <= 253
      && host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
      }
  }

  private static func isIPv4(_ host: String) -> Bool {
    var address = in_addr()
    return inet_pton(AF_INET, host, &address) == 1
  }

  private static func canonicalIPv6(_ host: String) -> String? {
    var address = in6_addr()
    guard inet_pton(AF_INET6, host, &address) == 1 else { return nil }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(AF_INET6, &address, &buffer, socklen_t(buffer.count)) != nil else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// A text that is no server's address. `description` is a plain sentence.
package struct InvalidServerAddress: Error, Hashable {
  package let text: String
  package let reason: Reason

  package enum Reason: Hashable, Sendable {
    case plainHTTP
    case scheme
    /// A path, a user, a query or a fragment.
    case moreThanHost
    case notASCII
    case host
    case port
  }
}

extension InvalidServerAddress: CustomStringConvertible {
  package var description: String {
    switch reason {
    case .plainHTTP: "Ebb talks to its server over https only; \(text) is plain http."
    case .scheme: "A server's address begins with https://; \(text) does not."
    case .moreThanHost: "A server's address is https://HOST or https://HOST:PORT and no more."
    case .notASCII:
      "The server's name may only hold plain letters; write \(text) in its xn-- form."
    case .host: "\(text) holds no valid host name or address."
    case .port: "The port in \(text) is not a number from 1 to 65535."
    }
  }
}
