internal import Glibc

/// How the process gives memory back.
enum MemoryUse {
  /// Large buffers (a body, a page of operations) go back to the system as soon as they are let
  /// go. Left alone, glibc learns from them to keep ever more for later, in each of its arenas.
  static func returnLargeBuffers() {
    mallopt(M_MMAP_THRESHOLD, 256 << 10)
    mallopt(M_ARENA_MAX, 2)
  }
}
