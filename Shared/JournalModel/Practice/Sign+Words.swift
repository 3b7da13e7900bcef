extension Sign {
  /// How it can show, in a few words.
  package var inWords: String {
    switch self {
    case .communication: "short answers, changing the subject, jokes as a shield"
    case .distance: "calling plans off, staying on the surface"
    case .defence: "prickly about care, turning help down"
    case .sabotage: "finding faults, starting a quarrel, leaving first"
    case .withdrawal: "doing it all alone, turning invitations down"
    case .suspicion: "doubting kind words, expecting to be let down"
    case .unavailability: "no words for feelings, playing it down"
    }
  }
}
