internal import Logging
internal import SecureTransport
internal import ServiceLifecycle
internal import UnixSignals

/// Reads the certificate anew on SIGHUP. One that cannot be used is logged, and the old one kept.
struct CertificateReload: Service {
  let files: CertificateFiles
  let tls: TLSServerContext
  let logger: Logger

  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sighup)
    for await _ in signals.cancelOnGracefulShutdown() { reload() }
  }

  private func reload() {
    do {
      let identity = try files.present()
      try tls.reload(identity)
      logger.info("certificate read", metadata: ["fingerprint": "\(identity.fingerprint)"])
    } catch let failure as CommandFailure {
      logger.error("certificate kept", metadata: ["reason": "\(failure.message)"])
    } catch {
      logger.error("certificate kept", metadata: ["reason": "\(error)"])
    }
  }
}
