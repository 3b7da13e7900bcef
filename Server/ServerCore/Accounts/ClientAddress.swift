private import Glibc

/// Where a request came from, as far as limits care: an IPv4 address, or the first 64 bits of an
/// IPv6 address, for whoever has one has all that share them.
package struct ClientAddress: Hashable, Sendable {
  private let text: String

  /// Any text; one that is no address stands for itself.
  package init(_ address: String) {
    var bytes = in6_addr()
    let host = address.prefix { $0 != "%" }
    guard inet_pton(AF_INET6, String(host), &bytes) == 1 else {
      text = String(address.prefix(64))
      return
    }
    let octets = withUnsafeBytes(of: &bytes) { Array($0) }
    if octets.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]) {
      text = octets.suffix(4).map(String.init).joined(separator: ".")
    } else {
      text = octets.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }
  }
}
