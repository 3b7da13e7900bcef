import Testing

@testable import ServerCommands

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:0", "127.0.0.1", 0), ("[::]:8443", "::", 8443), ("localhost:443", "localhost", 443),
    ("[fe80::1%eth0]:1", "fe80::1%eth0", 1),
  ])
  func `a host and a port are read`(text: String, host: String, port: Int) throws {
    let address = try #require(ListenAddress(argument: text))
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.defaultValueDescription == text)
  }

  @Test(arguments: [
    "", "8443", ":8443", "host", "host:", "host:65536", "host:-1", "::1:8443", "a:b:c",
  ])
  func `anything else is refused`(text: String) {
    #expect(ListenAddress(argument: text) == nil)
  }

  @Test(arguments: [("Journal.Example.ORG", "journal.example.org"), ("192.0.2.1", "192.0.2.1")])
  func `host names are compared in lower case`(text: String, name: String) {
    #expect(HostName(argument: text)?.text == name)
  }

  @Test(arguments: ["", "-x", ".x", "a b", "https://x", "ä.example"])
  func `what is no host name is refused`(text: String) {
    #expect(HostName(argument: text) == nil)
  }
}
