/// A running `ebb-server` on loopback.
struct EbbServer {
  let process: ChildProcess
  let url: String
  let fingerprint: String
  let invite: String

  init(folder: String, programs: String) throws {
    process = try ChildProcess(
      [programs + "/ebb-server", "serve", "--data", folder, "--listen", "127.0.0.1:0"],
      isQuiet: true)
    var fields: [String: String] = [:]
    while fields["invite"] == nil, let line = process.readLine() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      fields[String(line[..<colon])] = String(value)
    }
    guard let url = fields["url"], let fingerprint = fields["fingerprint"],
      let invite = fields["invite"]
    else { throw BenchError("ebb-server did not say where it is") }
    self.url = url
    self.fingerprint = fingerprint
    self.invite = invite
  }
}
