import Foundation
import SyncProtocol
import TestSupport
import Testing

@testable import ServerHTTP

/// `docs/openapi.yaml` says what the server does.
@Suite struct OpenAPITests {
  private let lines: [String]

  init() throws {
    let path = ProjectFiles.root + "/docs/openapi.yaml"
    lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
  }

  /// Method and path of each operation, with the statuses it lists. Reads the document's
  /// indentation: two spaces a path, four a method, eight a status.
  private var statusesByOperation: [String: Set<Int>] {
    var statuses: [String: Set<Int>] = [:]
    var (path, operation) = ("", "")
    for line in lines.drop(while: { $0 != "paths:" }).prefix(while: { $0 != "components:" }) {
      if let match = line.wholeMatch(of: /\ \ (\/\S*):/) {
        path = String(match.1)
      } else if let match = line.wholeMatch(of: /\ {4}(get|post|put|delete|head|patch):/) {
        operation = match.1.uppercased() + " " + path
        statuses[operation] = []
      } else if let match = line.prefixMatch(of: /\ {8}"(\d{3})":/) {
        statuses[operation]?.insert(Int(match.1) ?? 0)
      }
    }
    return statuses
  }

  @Test func `it has the routes of the table and no others`() {
    #expect(
      Set(statusesByOperation.keys)
        == Set(Route.table.map { "\($0.method.rawValue) \($0.path)" }))
  }

  @Test func `its statuses are those of the problems, and successes`() {
    let known = Set(ProblemType.allCases.map(\.status)).union([200, 201, 204])
    for (operation, statuses) in statusesByOperation {
      #expect(statuses.isSubset(of: known), "\(operation)")
      #expect(statuses.contains { $0 < 300 }, "\(operation)")
      #expect(statuses.contains(503), "\(operation)")
    }
  }

  @Test func `it names every problem`() {
    let named = lines.compactMap { line in
      line.wholeMatch(of: /\s*- (urn:ebb:problem:\S+)/).map { String($0.1) }
    }
    #expect(named == ProblemType.allCases.map(\.urn))
  }

  @Test func `what it needs no session for can be had without one`() async throws {
    let open: Set<String> = [
      "GET /v1/server", "GET /healthz", "POST /v1/accounts", "POST /v1/challenges",
      "POST /v1/sessions",
    ]
    var documented: Set<String> = []
    var (path, method) = ("", "")
    for line in lines {
      if let match = line.wholeMatch(of: /\ \ (\/\S*):/) { path = String(match.1) }
      if let match = line.wholeMatch(of: /\ {4}(get|post|put|delete):/) {
        method = match.1.uppercased()
      }
      if line == "      security: []" { documented.insert("\(method) \(path)") }
    }
    #expect(documented == open)
    try await TestServer.run { server in
      for route in Route.table {
        let response = try await server.request(route.method.rawValue, route.path)
        let name = "\(route.method.rawValue) \(route.path)"
        #expect((response.status != 401) == open.contains(name), "\(name)")
      }
    }
  }
}
