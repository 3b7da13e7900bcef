private import Foundation

/// What programs that tests start must have in their environment, so that a sanitizer that is built
/// into them reports where `scripts/sanitize` looks.
package let sanitizerSettings = ProcessInfo.processInfo.environment.filter {
  $0.key.hasSuffix("SAN_OPTIONS")
}
