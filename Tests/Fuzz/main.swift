import Glibc

/// libFuzzer's main loop, in the runtime that `-sanitize=fuzzer` links.
/// https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ testOneInput: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

private let target = FuzzTarget.chosen
private var count = CommandLine.argc
private var arguments = CommandLine.unsafeArgv

// An input passes when nothing traps and what was read is written again as it was read.
exit(
  runFuzzer(&count, &arguments) { start, count in
    target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
  })
