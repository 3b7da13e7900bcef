internal import JournalSync
internal import OperationLog

/// Names of machines, told apart: copies of a machine have its name too.
struct MachineNames {
  private var countByName: [String: Int] = [:]

  init(_ machines: [KnownMachine]) {
    for name in machines.compactMap(\.name) { countByName[name, default: 0] += 1 }
  }

  /// The name, with the beginning of the id behind it where others have the same.
  func text(_ name: String, id: InstallationID?) -> String {
    guard let id, countByName[name, default: 0] > 1 else { return Visible.line(name) }
    return Visible.line(name) + " (\(id.description.prefix(8)))"
  }
}
