internal import SecureTransport

/// The names a server goes by: those its certificate has at the time, and those it was given.
struct ServerNames: Sendable {
  let hosts: [String]
  let tls: TLSServerContext

  /// - Parameter name: lower case, without port.
  func accept(_ name: String) -> Bool {
    hosts.contains(name)
      || tls.identity.hostNames.contains { Self.matches(name, pattern: $0.lowercased()) }
  }

  /// A certificate's `*` stands for one whole first label (RFC 6125, 6.4.3).
  private static func matches(_ name: String, pattern: String) -> Bool {
    guard pattern.hasPrefix("*.") else { return name == pattern }
    guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return false }
    return name[dot...] == pattern.dropFirst()
  }
}
