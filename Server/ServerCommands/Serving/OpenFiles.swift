internal import Glibc

/// The number of files and sockets that the process may have open.
enum OpenFiles {
  /// Raises the limit, for a server that runs out of it cannot even answer its owner.
  static func raiseLimit(to count: Int) throws {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0,
      limit.rlim_cur < count
    else { return }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(count))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
