import Testing

@testable import JournalSync

struct `A server's address` {
  @Test(arguments: [
    ("https://ebb.example", "https://ebb.example", "ebb.example", 443),
    ("https://EBB.Example:8443/", "https://ebb.example:8443", "ebb.example", 8443),
    ("HTTPS://ebb.example:443", "https://ebb.example", "ebb.example", 443),
    ("ebb.example:8443", "https://ebb.example:8443", "ebb.example", 8443),
    ("https://[0:0::1]:8443", "https://[::1]:8443", "::1", 8443),
    ("https://127.0.0.1:1", "https://127.0.0.1:1", "127.0.0.1", 1),
    (
      "https://xn--bcher-kva.example", "https://xn--bcher-kva.example", "xn--bcher-kva.example", 443
    ),
  ])
  func `is read, and printed in one form`(
    text: String, printed: String, host: String, port: Int
  ) throws {
    let address = try ServerAddress(parsing: text)
    #expect(address.description == printed)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(try ServerAddress(parsing: printed) == address)
  }

  @Test(arguments: [
    ("http://ebb.example", InvalidServerAddress.Reason.plainHTTP),
    ("ftp://ebb.example", .scheme),
    ("https://ebb.example/journal", .moreThanHost),
    ("https://ada@ebb.example", .moreThanHost),
    ("https://ebb.example?x", .moreThanHost),
    ("https://bücher.example", .notASCII),
    ("https://ebb example", .notASCII),
    ("https://", .host),
    ("", .host),
    ("https://-ebb.example", .host),
    ("https://::1", .host),
    ("https://[ebb]", .host),
    ("https://300.1.1.1", .host),
    ("https://ebb.example:", .port),
    ("https://ebb.example:0", .port),
    ("https://ebb.example:65536", .port),
    ("https://ebb.example:+1", .port),
  ])
  func `that is none is refused with the reason`(
    text: String, reason: InvalidServerAddress.Reason
  ) {
    #expect(throws: InvalidServerAddress(text: text, reason: reason)) {
      try ServerAddress(parsing: text)
    }
  }
}

struct `A proxy` {
  @Test func `is what the environment names`() throws {
    let proxy = try #require(
      try ProxySettings(environment: ["HTTPS_PROXY": "http://ada:pw@proxy.example:8080/"]))
    #expect(proxy.host == "proxy.example")
    #expect(proxy.port == 8080)
    #expect(proxy.credentials == "YWRhOnB3")
    #expect(try ProxySettings(environment: [:]) == nil)
    #expect(throws: InvalidProxy.self) {
      try ProxySettings(environment: ["https_proxy": "https://proxy.example"])
    }
  }

  @Test(arguments: [
    ("https://ebb.example", "", true), ("https://ebb.example", "*", false),
    ("https://ebb.example", "example", false), ("https://ebb.example", ".example,other", false),
    ("https://ebb.example", "bb.example", true), ("https://localhost:8443", "", false),
    ("https://127.0.0.2", "", false), ("https://[::1]", "", false),
    ("https://10.0.0.1", "10.0.0.1", false), ("https://10.0.0.1", "0.0.1", true),
  ])
  func `is used unless told otherwise, and never for this machine`(
    server: String, direct: String, isUsed: Bool
  ) throws {
    let proxy = try #require(
      try ProxySettings(environment: ["https_proxy": "http://proxy", "no_proxy": direct]))
    #expect(proxy.isUsed(for: try ServerAddress(parsing: server)) == isUsed)
  }
}
