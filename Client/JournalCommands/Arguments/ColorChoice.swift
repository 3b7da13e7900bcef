/// `--color auto|always|never`, which every command has.
///
/// Taken out of the arguments before ArgumentParser sees them: described once more for each
/// command, it would cost each a share of its start.
enum ColorChoice: String, CaseIterable {
  /// On a terminal that can, unless `NO_COLOR` is set.
  case auto
  case always
  case never

  static let option = "--color"
  static let shape = ArgumentShape(values: [option])

  /// Throws a `Failure` with status 64.
  init(typed: String) throws {
    guard let choice = ColorChoice(rawValue: typed.lowercased()) else {
      throw Failure.usage(Messages.Arguments.badColor(typed))
    }
    self = choice
  }
}

extension SortedArguments {
  /// The arguments without this option, and the value that it had.
  func taking(_ option: String) -> (value: String?, rest: SortedArguments) {
    guard case .command(var options, let text) = self,
      let index = options.firstIndex(where: { $0 == option || $0.hasPrefix(option + "=") })
    else { return (nil, self) }
    // An empty value stands behind its option, not joined to it.
    guard options[index] != option else {
      options.removeSubrange(index...min(index + 1, options.count - 1))
      return ("", .command(options: options, text: text))
    }
    let value = String(options.remove(at: index).dropFirst(option.count + 1))
    return (value, .command(options: options, text: text))
  }
}
