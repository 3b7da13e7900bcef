internal import Glibc

/// How the process gives memory back.
enum MemoryUse {
  /// Large buffers (a body, a page of operations) go back to the system as soon as they are let
  /// go. Left alone, glibc learns from them to keep ever more for later, in each of its arenas.
  static func returnLargeBuffers() {
    // Swift's overlay lacks malloc.h; and where there is no `mallopt`, nothing need be done.
    guard let symbol = dlsym(nil, "mallopt") else { return }
    let mallopt = unsafeBitCast(symbol, to: (@convention(c) (Int32, Int32) -> Int32).self)
    _ = mallopt(Parameter.mmapThreshold, 256 << 10)
    _ = mallopt(Parameter.arenaMax, 2)
  }

  /// From glibc's malloc.h.
  private enum Parameter {
    static let mmapThreshold: Int32 = -3
    static let arenaMax: Int32 = -8
  }
}
