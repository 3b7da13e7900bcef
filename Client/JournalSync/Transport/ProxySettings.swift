private import Foundation

/// The proxy that the environment names for https, as curl reads it.
///
/// `https_proxy` goes before `HTTPS_PROXY`; `no_proxy` or `NO_PROXY` lists hosts and domains that
/// are reached directly, `*` all of them. This machine itself is never reached through a proxy.
package struct ProxySettings: Hashable, Sendable {
  package let host: String
  package let port: Int
  /// `USER:PASSWORD` in base64, if the address had it.
  package let credentials: String?
  private let directHosts: [String]

  /// `nil` if there is no proxy. An address that is none is no proxy either: throws
  /// `InvalidProxy`, so that nothing is sent around one by mistake.
  package init?(environment: [String: String]) throws {
    guard let text = environment["https_proxy"] ?? environment["HTTPS_PROXY"], !text.isEmpty
    else { return nil }
    let address = text.contains("://") ? text : "http://" + text
    guard let url = URLComponents(string: address), url.scheme?.lowercased() == "http",
      let host = url.host, !host.isEmpty
    else { throw InvalidProxy() }
    self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    port = url.port ?? 3128
    credentials = url.user.map { Data("\($0):\(url.password ?? "")".utf8).base64EncodedString() }
    directHosts =
      (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "")
      .split { $0 == "," || $0.isWhitespace }
      .map { $0.lowercased() }
  }

  package func isUsed(for server: ServerAddress) -> Bool {
    guard !server.isLoopback else { return false }
    return !directHosts.contains { entry in
      if entry == "*" || entry == server.host || entry == server.authority { return true }
      let domain = entry.drop { $0 == "." || $0 == "*" }
      return !domain.isEmpty && !server.isNumeric
        && (server.host == domain || server.host.hasSuffix("." + domain))
    }
  }
}

/// The proxy named by the environment cannot be used.
package struct InvalidProxy: Error, CustomStringConvertible {
  package var description: String {
    "the proxy in HTTPS_PROXY is not an address like http://HOST:PORT"
  }
}
