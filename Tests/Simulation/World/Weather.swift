import TestSupport

/// How often what goes wrong in one world. Each seed has its own: most faults are rare in most
/// worlds, and some worlds are of one fault only, so that rare things meet often.
struct Weather {
  var drop = 0.0
  var loseAnswer = 0.0
  var duplicate = 0.0
  /// The request arrives long after its sender has given up.
  var straggle = 0.0
  var crash = 0.0
  var diskError = 0.0
  var diskFull = 0.0
  var clock = 0.0
  var clone = 0.0
  var restoreClient = 0.0
  var restoreServer = 0.0
  var loseServer = 0.0
  var restartServer = 0.0
  var revoke = 0.0
  var passphrase = 0.0
  var lie = 0.0
  var serverDisk = 0.0
  var erase = 0.0

  /// Copies of whole machines, which cannot know that they are any.
  var wholeMachines = 0.0

  init(_ random: inout SeededGenerator) {
    func often(_ probability: Double) -> Double {
      random.chance(0.5) ? 0 : probability * Double.random(in: 0.2...1, using: &random)
    }
    drop = often(0.2)
    loseAnswer = often(0.2)
    duplicate = often(0.15)
    straggle = often(0.1)
    crash = often(0.06)
    diskError = often(0.04)
    diskFull = often(0.03)
    clock = often(0.04)
    clone = often(0.02)
    restoreClient = often(0.03)
    restoreServer = often(0.02)
    loseServer = often(0.01)
    restartServer = often(0.03)
    revoke = often(0.03)
    passphrase = often(0.02)
    // A server that lies is rarer than one that is lost.
    lie = random.chance(0.3) ? often(0.3) : 0
    serverDisk = often(0.05)
    erase = often(0.05)
    wholeMachines = 0.5
  }
}
