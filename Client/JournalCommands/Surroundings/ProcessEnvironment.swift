internal import Glibc

/// The environment variables that Ebb honours, read once.
package struct ProcessEnvironment: Sendable {
  package var variables: [String: String]

  package init(_ variables: [String: String]) {
    self.variables = variables
  }

  /// A variable that is set to something.
  package subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// Reads the process's own and takes the passphrase out of it, so that no editor, pager or
  /// background process that Ebb starts ever sees it.
  package static func taken() -> ProcessEnvironment {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    secretNames.forEach { unsetenv($0) }
    return ProcessEnvironment(variables)
  }

  static let passphraseName = "EBB_PASSPHRASE"
  /// For `ebb passphrase`, which needs two.
  static let newPassphraseName = "EBB_NEW_PASSPHRASE"
  private static let secretNames = [passphraseName, newPassphraseName]

  /// What processes that Ebb starts get: everything but the passphrase.
  var forChildren: [String] {
    variables.filter { !Self.secretNames.contains($0.key) }.map { "\($0.key)=\($0.value)" }.sorted()
  }
}
