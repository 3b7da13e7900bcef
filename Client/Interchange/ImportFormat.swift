/// What Ebb can bring in; named as on the command line.
package enum ImportFormat: String, CaseIterable, Sendable {
  /// jrnl's text files and folders, and its JSON.
  case jrnl
  /// Day One's JSON, zip, and the folders of Day One 1.
  case dayone
  /// Daylio's CSV and its backups.
  case daylio
  /// Markdown files and folders: daily notes, front matter, Logseq, Obsidian, Jekyll.
  case markdown
  /// Tables with named columns.
  case csv
  /// One JSON object a line, with `date` and `text`.
  case jsonl
  /// Ebb's own JSON.
  case ebb
}
