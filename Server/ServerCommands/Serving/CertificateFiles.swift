internal import Foundation
internal import Glibc
internal import SecureTransport

/// Where the server's certificate and key are.
struct CertificateFiles: Hashable, Sendable {
  let certificate: String
  let key: String
  /// Made by the server itself; others are only read.
  let areOwn: Bool

  /// Reads both, having made its own if it has none yet.
  ///
  /// - Parameter hosts: the names a new certificate is for, beside the machine itself.
  func identity(hosts: [String]) throws -> TLSIdentity {
    do {
      if areOwn, access(key, F_OK) != 0 { try make(hosts: hosts) }
    } catch let error as CertificateError {
      throw CommandFailure(.badFile, error.description)
    }
    return try present()
  }

  /// Reads both as they are.
  func present() throws -> TLSIdentity {
    do {
      return try TLSIdentity(certificateFile: certificate, privateKeyFile: key)
    } catch {
      throw CommandFailure(.badFile, error.description)
    }
  }

  /// The key comes last, and each file whole or not at all, so that a start that is cut off is
  /// made good by the next.
  private func make(hosts: [String]) throws {
    let made = try SelfSignedCertificate.make(hosts: hosts)
    try Self.write(made.certificatePEM, to: certificate)
    try Self.write(made.privateKeyPEM, to: key)
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let temporary = path + ".new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    let isWritten =
      bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) } == bytes.count
      && fsync(file) == 0
    guard close(file) == 0, isWritten, rename(temporary, path) == 0 else { throw failure(path) }
  }

  private static func failure(_ path: String) -> CommandFailure {
    CommandFailure(.disk, "\(path) cannot be written: \(String(cString: strerror(errno))).")
  }
}
