private import Glibc

/// The system's own words for an error number, with a small first letter to follow a colon.
enum SystemError {
  static func text(_ code: Int32) -> String {
    let text = String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
