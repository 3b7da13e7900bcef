import Glibc

/// What libFuzzer calls with each input; built and run by `scripts/fuzz`.
///
/// An input passes when nothing traps and what was read is written again as it was read.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

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
