import Glibc

/// `git http-backend` behind lighttpd with TLS on loopback: what people use today to keep a folder
/// of Markdown on several machines.
struct GitServer {
  let process: ChildProcess
  let url: String
  let certificate: String

  init(folder: String) throws {
    mkdir(folder, 0o700)
    certificate = folder + "/certificate.pem"
    let key = folder + "/key.pem"
    try ChildProcess.run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
      "-keyout", key, "-out", certificate,
    ])
    let port = try freePort()
    url = "https://127.0.0.1:\(port)/git"
    try writeFile(
      folder + "/lighttpd.conf",
      """
      server.modules = ("mod_openssl", "mod_alias", "mod_setenv", "mod_cgi")
      server.bind = "127.0.0.1"
      server.port = \(port)
      server.document-root = "\(folder)"
      server.feature-flags = ("server.h2proto" => "disable")
      ssl.engine = "enable"
      ssl.pemfile = "\(certificate)"
      ssl.privkey = "\(key)"
      alias.url = ("/git" => "/usr/lib/git-core/git-http-backend")
      $HTTP["url"] =~ "^/git" {
        cgi.assign = ("" => "")
        setenv.add-environment = (
          "GIT_PROJECT_ROOT" => "\(folder)", "GIT_HTTP_EXPORT_ALL" => "1", "REMOTE_USER" => "bench"
        )
      }

      """)
    process = try ChildProcess(
      ["/usr/sbin/lighttpd", "-D", "-f", folder + "/lighttpd.conf"], isQuiet: true)
    try waitUntilListening(port)
  }

  /// An empty repository on the server, ready to be pushed to.
  func makeRepository(_ name: String, folder: String) throws -> String {
    let path = "\(folder)/\(name).git"
    try ChildProcess.run(["git", "init", "--quiet", "--bare", path])
    try ChildProcess.run(["git", "-C", path, "config", "http.receivepack", "true"])
    return "\(url)/\(name).git"
  }

  var environment: [String: String] {
    [
      "GIT_SSL_CAINFO": certificate, "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": "/nonexistent",
      "GIT_AUTHOR_NAME": "bench", "GIT_AUTHOR_EMAIL": "bench@localhost",
      "GIT_COMMITTER_NAME": "bench", "GIT_COMMITTER_EMAIL": "bench@localhost",
    ]
  }
}

/// A port nobody listens on just now.
func freePort() throws -> UInt16 {
  let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(socket) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let code = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(socket, $0, length) == 0 ? getsockname(socket, $0, &length) : -1
    }
  }
  guard code == 0 else { throw BenchError("no free port") }
  return UInt16(bigEndian: address.sin_port)
}

private func waitUntilListening(_ port: UInt16) throws {
  for _ in 0..<500 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if code == 0 { return }
    usleep(10_000)
  }
  throw BenchError("nothing listens on port \(port)")
}
