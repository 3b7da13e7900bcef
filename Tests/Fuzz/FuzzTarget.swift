import Glibc

/// Something that reads bytes from outside.
struct FuzzTarget: Sendable {
  let name: String
  let run: @Sendable ([UInt8]) -> Void

  /// The one that the environment's `FUZZ_TARGET` names.
  static let chosen: FuzzTarget = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = all.first(where: { $0.name == name }) else {
      print("FUZZ_TARGET must be one of:", all.map(\.name).joined(separator: " "))
      exit(64)
    }
    return target
  }()
}

/// Ends the run as a crash, which makes libFuzzer keep the input.
func expect(_ condition: Bool, _ what: StaticString) {
  guard condition else { fatalError("\(what)") }
}
