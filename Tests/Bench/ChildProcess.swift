import Glibc

/// A program run from outside, as people run it: wall time and the kernel's own account of it.
struct ChildProcess {
  struct Outcome {
    var seconds: Double
    var peakMemoryBytes: Int
    var exitCode: Int32
    var output: String
  }

  let id: pid_t
  private let output: Int32
  private let started: Double

  /// Starts `arguments[0]`, found in `PATH`; standard output is read, standard error passes through
  /// unless the program is quiet.
  init(
    _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
    isQuiet: Bool = false
  ) throws {
    var pipe: [Int32] = [-1, -1]
    guard Glibc.pipe(&pipe) == 0 else { throw BenchError("no pipe") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
    if isQuiet { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
    posix_spawn_file_actions_addclose(&actions, pipe[0])
    posix_spawn_file_actions_addclose(&actions, pipe[1])

    let path = ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"]
    let variables = path.merging(["LC_ALL": "C.UTF-8", "TZ": "UTC"]) { $1 }
      .merging(environment) { $1 }
    let command = (folder.map { ["env", "-C", $0] } ?? []) + arguments
    var words = command.map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + settings).forEach { free($0) } }

    var id: pid_t = 0
    started = monotonicSeconds()
    let code = posix_spawnp(&id, command[0], &actions, nil, &words, &settings)
    close(pipe[1])
    guard code == 0 else {
      close(pipe[0])
      throw BenchError("cannot start \(arguments[0]): \(String(cString: strerror(code)))")
    }
    self.id = id
    output = pipe[0]
  }

  /// One line of output, without its end; `nil` when the program has closed it.
  func readLine() -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while read(output, &byte, 1) == 1 {
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }

  /// - Parameter watchingMemory: looks at the peak every few milliseconds. The kernel's own figure
  ///   for an ended child would count what this process holds, from the moment before it became
  ///   another program.
  func wait(watchingMemory: Bool = false) -> Outcome {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var peak = 0
    while true {
      if watchingMemory {
        var descriptor = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        peak = max(peak, peakMemoryBytes)
        if poll(&descriptor, 1, 2) == 0 { continue }
      }
      let count = read(output, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    let seconds = monotonicSeconds() - started
    close(output)
    let exited = status & 0x7f == 0
    return Outcome(
      seconds: seconds, peakMemoryBytes: peak,
      exitCode: exited ? (status >> 8) & 0xff : 128 + (status & 0x7f),
      output: String(decoding: bytes, as: UTF8.self))
  }

  /// The greatest memory this running process has held so far.
  var peakMemoryBytes: Int {
    let status = (try? readFile("/proc/\(id)/status")) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }
      .map { $0 * 1024 } ?? 0
  }

  func terminate() {
    kill(id, SIGTERM)
    _ = wait()
  }

  /// Runs to the end; any failure ends the benchmark.
  @discardableResult
  static func run(
    _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
    watchingMemory: Bool = false
  ) throws -> Outcome {
    let outcome = try ChildProcess(arguments, environment: environment, folder: folder)
      .wait(watchingMemory: watchingMemory)
    guard outcome.exitCode == 0 else {
      throw BenchError("\(arguments.joined(separator: " ")) ended with \(outcome.exitCode)")
    }
    return outcome
  }
}

struct BenchError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Says why the benchmark ends early.
func complain(_ message: String) {
  let bytes = Array((message + "\n").utf8)
  _ = write(2, bytes, bytes.count)
}

func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func readFile(_ path: String) throws -> String {
  guard let file = fopen(path, "r") else { throw BenchError("cannot read \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
