import COpenSSL
import Glibc

/// What a certificate can be for: a DNS name (lower case, ASCII) or an IP address, as text.
enum HostName: Equatable {
  case dns(String)
  case ip(String)

  /// Nil for what is neither: empty, too long, or with characters no host name has. An international
  /// name must be given in its ASCII form (`xn--…`); a final dot and brackets around IPv6 are dropped.
  init?(_ text: String) {
    var name = text.lowercased()
    if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
    if Self.isIPAddress(name) {
      self = .ip(name)
      return
    }
    if name.hasSuffix(".") { name.removeLast() }
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard name.utf8.count <= 253, labels.allSatisfy({ Self.isLabel($0) }) else { return nil }
    self = .dns(name)
  }

  var text: String {
    switch self {
    case .dns(let text), .ip(let text): text
    }
  }

  private static func isIPAddress(_ text: String) -> Bool {
    var address = in6_addr()  // the larger one has room for both
    return inet_pton(AF_INET, text, &address) == 1 || inet_pton(AF_INET6, text, &address) == 1
  }

  private static func isLabel(_ label: Substring.UTF8View) -> Bool {
    (1...63).contains(label.count)
      && label.allSatisfy { character in
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

extension HostName {
  /// A `subjectAltName` entry (RFC 5280 section 4.2.1.6), which the caller owns.
  func makeGeneralName() -> UnsafeMutablePointer<GENERAL_NAME>? {
    guard let name = GENERAL_NAME_new() else { return nil }
    switch self {
    case .dns(let text):
      let value = ASN1_IA5STRING_new()
      ASN1_STRING_set(value, text, Int32(text.utf8.count))
      GENERAL_NAME_set0_value(name, GEN_DNS, value.map(UnsafeMutableRawPointer.init))
    case .ip(let text):
      let value = a2i_IPADDRESS(text)
      GENERAL_NAME_set0_value(name, GEN_IPADD, value.map(UnsafeMutableRawPointer.init))
    }
    return name
  }

  /// The text of a `subjectAltName` entry, nil if it is neither a DNS name nor an address.
  static func text(of name: UnsafePointer<GENERAL_NAME>) -> String? {
    var kind: Int32 = 0
    guard let value = GENERAL_NAME_get0_value(name, &kind) else { return nil }
    let string = value.assumingMemoryBound(to: ASN1_STRING.self)
    let bytes = UnsafeBufferPointer(
      start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
    switch (kind, bytes.count) {
    case (GEN_DNS, _):
      guard bytes.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
      return String(decoding: bytes, as: UTF8.self)
    case (GEN_IPADD, 4): return text(of: bytes, family: AF_INET)
    case (GEN_IPADD, 16): return text(of: bytes, family: AF_INET6)
    default: return nil
    }
  }

  private static func text(of address: UnsafeBufferPointer<UInt8>, family: Int32) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
      inet_ntop(family, address.baseAddress, text.baseAddress, socklen_t(text.count))
        .map { String(cString: $0) }
    }
  }
}
