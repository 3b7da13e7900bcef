import Foundation
import TestSupport

/// Runs `ebb-server` to its end.
func ebbServer(_ arguments: String...) async throws -> Ended {
  try await runProgram(try BuiltProducts.program("ebb-server").path, arguments)
}
