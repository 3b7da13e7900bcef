private import Glibc

/// A program on this machine that prints a page to a PDF.
struct PDFConverter: Hashable {
  let path: String
  let kind: Kind

  /// In the order in which they are asked for: the ones before print better, or start faster.
  enum Kind: String, CaseIterable {
    case weasyprint
    case wkhtmltopdf
    case chromium
    case chromiumBrowser = "chromium-browser"
    case chrome = "google-chrome"
    case soffice
    case libreoffice
  }

  /// The first that is installed.
  ///
  /// - Parameter path: as in `PATH`.
  static func found(inPath path: String) -> PDFConverter? {
    for kind in Kind.allCases {
      for folder in path.split(separator: ":") where folder.hasPrefix("/") {
        let program = "\(folder)/\(kind.rawValue)"
        if access(program, X_OK) == 0 { return PDFConverter(path: program, kind: kind) }
      }
    }
    return nil
  }

  /// What to call it with, so that it writes `page.pdf` from `page.html`, both in that folder.
  func arguments(folder: String) -> [String] {
    let page = "\(folder)/page.html"
    let output = "\(folder)/page.pdf"
    switch kind {
    case .weasyprint: return ["--quiet", page, output]
    case .wkhtmltopdf:
      return ["--quiet", "--encoding", "utf-8", "--disable-javascript", page, output]
    case .chromium, .chromiumBrowser, .chrome:
      return [
        "--headless", "--disable-gpu", "--no-pdf-header-footer",
        "--user-data-dir=\(folder)/profile",
        "--print-to-pdf=\(output)", "file://\(page)",
      ]
    case .soffice, .libreoffice:
      return [
        "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to",
        "pdf:writer_web_pdf_Export", "--outdir", folder, page,
      ]
    }
  }

  /// Runs it, silently, and waits.
  ///
  /// - Returns: its exit status as the shell has it.
  func run(folder: String) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_WRONLY, 0)
    }
    // What this process ignores is the converter's own business.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    let words = [path] + arguments(folder: folder)
    var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { argv.forEach { free($0) } }
    var id: pid_t = 0
    guard posix_spawn(&id, path, &actions, &attributes, &argv, environ) == 0 else { return 127 }
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
  }
}
