internal import Glibc

/// The environment variables that Ebb honours, read once.
package struct ProcessEnvironment: Sendable {
  package var variables: [String: String]
  /// Variables whose values are no UTF-8 and stand repaired in `variables`.
  private let notUTF8: Set<String>

  package init(_ variables: [String: String], notUTF8: Set<String> = []) {
    self.variables = variables
    self.notUTF8 = notUTF8
  }

  /// A variable that is set to something.
  package subscript(name: String) -> String? {
    guard let value = variables[name], !value.isEmpty else { return nil }
    return value
  }

  /// As the subscript, for what must be taken as it is or not at all: in a repaired path another
  /// journal would lie, and a repaired passphrase is easily guessed.
  ///
  /// Throws a `Failure` with status 65.
  package func exactly(_ name: String) throws -> String? {
    guard !notUTF8.contains(name) else {
      throw Failure(.badData, Messages.Arguments.variableNotUTF8(name))
    }
    return self[name]
  }

  /// Reads the process's own and takes the passphrase out of it, so that no editor, pager or
  /// background process that Ebb starts ever sees it.
  package static func taken() -> ProcessEnvironment {
    var variables: [String: String] = [:]
    var notUTF8: Set<String> = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        let name = String(text[..<equals])
        variables[name] = String(text[text.index(after: equals)...])
        if String(validatingCString: entry) == nil { notUTF8.insert(name) }
      }
      next += 1
    }
    secretNames.forEach { unsetenv($0) }
    return ProcessEnvironment(variables, notUTF8: notUTF8)
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
