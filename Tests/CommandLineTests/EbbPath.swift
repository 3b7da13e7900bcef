import Foundation
import TestSupport

/// Where the built program is.
func ebbPath() throws -> String { try BuiltProducts.program("ebb").path }
