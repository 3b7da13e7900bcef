internal import Glibc

/// Where one installation keeps its state.
///
/// `$EBB_HOME` if set, else the folders of the XDG Base Directory Specification, which says that
/// relative paths in its variables are to be ignored.
package struct JournalFolders: Sendable, Equatable {
  /// Holds the database and its keys.
  package let data: String
  /// `config.toml`, which need not exist.
  package let settingsFile: String

  /// Texts that editors are at work on, or left behind.
  var drafts: String { data + "/drafts" }

  /// What entries can begin with; need not exist.
  var templates: String { settingsFolder + "/templates" }

  /// Where the settings are, and what else a person writes for Ebb.
  var settingsFolder: String {
    String(settingsFile.dropLast("/config.toml".count))
  }

  package init(_ environment: ProcessEnvironment) throws {
    if let home = try environment.exactly("EBB_HOME") {
      data = home
      settingsFile = home + "/config.toml"
      return
    }
    data = try Self.base(environment, "XDG_DATA_HOME", "/.local/share") + "/ebb"
    settingsFile = try Self.base(environment, "XDG_CONFIG_HOME", "/.config") + "/ebb/config.toml"
  }

  static func base(
    _ environment: ProcessEnvironment, _ variable: String, _ fallback: String
  ) throws -> String {
    if let folder = try environment.exactly(variable), folder.hasPrefix("/") { return folder }
    guard let home = try environment.exactly("HOME") ?? homeOfUser() else {
      throw Failure.usage(Messages.Setup.noHome)
    }
    return home + fallback
  }

  private static func homeOfUser() -> String? {
    getpwuid(getuid())?.pointee.pw_dir.map { String(cString: $0) }
  }
}
