extension Unicode.Scalar {
  /// Marks, embeddings, overrides and isolates of bidirectional text, and the old Arabic shaping
  /// switches: they turn the direction of writing, and hide what a text says.
  package var turnsDirection: Bool {
    switch value {
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F: true
    default: false
    }
  }
}
