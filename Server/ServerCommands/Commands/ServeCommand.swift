internal import ArgumentParser

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve until told to stop.",
    discussion: """
      Makes what is missing: the data folder, the database, a certificate. Prints a line each \
      at every start, "url: …" and "fingerprint: …", and at the first "invite: …".

      SIGTERM and SIGINT end it once what is under way is done; SIGHUP reads the certificate \
      anew. Logs go to standard error.

      EXAMPLES:
        ebb-server serve
        ebb-server serve --host journal.example.org --listen [::]:8443
        ebb-server serve --host journal.example.org --listen 0.0.0.0:443 \\
            --tls-cert fullchain.pem --tls-key privkey.pem
      """)

  @OptionGroup var data: DataOption

  @Option(
    help: ArgumentHelp(
      "The address to listen on, an IPv6 address in brackets; port 0 takes any free one.",
      discussion: "0.0.0.0 is all IPv4 addresses of the machine, so that others can reach it;"
        + " 127.0.0.1:8443 keeps it to the machine itself.",
      valueName: "host:port"))
  var listen = ListenAddress.standard

  @Option(
    help: ArgumentHelp(
      "A certificate with its chain, as PEM, instead of one of its own.", valueName: "file"))
  var tlsCert: String?

  @Option(help: ArgumentHelp("The certificate's private key, as PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    name: .customLong("host"), parsing: .singleValue,
    help: ArgumentHelp(
      "A name or an address by which clients reach the server; may be given again.",
      valueName: "name"))
  var hosts: [HostName] = []

  func validate() throws {
    guard (tlsCert == nil) == (tlsKey == nil) else {
      throw ValidationError("--tls-cert and --tls-key go together.")
    }
  }

  func run() async throws {
    let files = tlsCert.flatMap { certificate in
      tlsKey.map { CertificateFiles(certificate: certificate, key: $0, areOwn: false) }
    }
    try await Serving(
      folder: data.folder, listen: listen, certificateFiles: files, hosts: hosts.map(\.text)
    )
    .run()
  }
}
