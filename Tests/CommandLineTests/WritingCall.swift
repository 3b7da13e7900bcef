import Foundation
import TestSupport

/// One call with which a program changes something outside itself: the nth of its name.
struct WritingCall: Sendable, CustomStringConvertible {
  let name: String
  let number: Int

  var description: String { "\(name) \(number)" }

  /// What the kernel does instead of the call.
  enum Fault: Sendable {
    case kill
    /// As Ctrl-C does.
    case interrupt
    /// From then on, as a full or broken disk does.
    case refuse(with: String)
    case refuseOnce(with: String)
  }

  static let names = [
    "write", "writev", "pwrite64", "pwritev", "fsync", "fdatasync", "syncfs", "ftruncate", "unlink",
    "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "link", "linkat", "fchmod",
    "chmod",
  ]

  /// The calls with which a program asks for memory.
  static let memoryNames = ["mmap", "brk"]

  /// The arguments of `strace` that bring it about.
  func arguments(_ fault: Fault) -> [String] {
    ["-f", "-qq", "-o", "/dev/null"] + injection(fault)
  }

  /// Those of them that say what it does, and where.
  func injection(_ fault: Fault) -> [String] {
    let what =
      switch fault {
      case .kill: "signal=KILL:when=\(number)"
      case .interrupt: "signal=INT:when=\(number)"
      case .refuse(let error): "error=\(error):when=\(number)+"
      case .refuseOnce(let error): "error=\(error):when=\(number)"
      }
    return ["-e", "trace=\(name)", "-e", "inject=\(name):\(what)"]
  }

  /// The calls that a summary of `strace -c` counts: all with `EBB_THOROUGH=1` in the environment,
  /// else `samples` of each name, and the last one.
  static func points(
    inSummary path: String, names: [String] = names, samples: Int
  ) throws -> [WritingCall] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").flatMap {
      line -> [WritingCall] in
      let words = line.split(separator: " ")
      guard words.count >= 5, let name = words.last.map(String.init), names.contains(name),
        let count = Int(words[3])
      else { return [] }
      let step = isThorough ? 1 : max(1, (count + samples - 1) / samples)
      return Set(stride(from: 1, through: count, by: step)).union([count]).sorted()
        .map { WritingCall(name: name, number: $0) }
    }
  }
}
