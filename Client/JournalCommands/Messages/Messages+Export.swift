internal import Interchange
internal import JournalModel

extension Messages {
  enum Export {
    static let aFormat = "a format: " + list(ExportFormat.allCases.map(\.rawValue), "or")

    static func unknownFormat(_ text: String, nearest: String?) -> String {
      "There is no format \(Messages.quoted(text))"
        + (nearest.map { "; did you mean \($0)?" } ?? ".")
        + " It is \(list(ExportFormat.allCases.map(\.rawValue), "or"))."
    }

    static func unknownGrouping(_ text: String) -> String {
      "--per is day or entry, not \(Messages.quoted(text))."
    }

    static let groupingNeedsFolder =
      "--per is for a folder of Markdown files: `ebb export markdown -o FOLDER`."

    static func history(_ format: ExportFormat) -> String {
      "--history is for `ebb export ebb`: \(format.rawValue) holds one version of a record."
    }

    static let jsonNeedsOutput =
      "With --json the report goes to standard output, so the export needs a place of its own: "
      + "add -o PATH."

    static func needsOutput(_ format: ExportFormat) -> String {
      (format == .pdf ? "A PDF" : "A zip file")
        + " is nothing that a terminal can show: add -o PATH."
    }

    static let printing = "Printing…"

    static func pathWithoutOption(_ path: String) -> String {
      "What follows the format is searched for, and “\(DisplayWidth.cut(Visible.line(path), to: 60))” "
        + "looks like a place: put -o before it. Nothing was exported."
    }

    static let pathIsEmpty = "-o needs a path after it."

    static func looksLikeFile(_ path: String) -> String {
      "Markdown is one file if its name ends in .md, else a folder, and "
        + "\(DisplayWidth.cut(Visible.line(path), to: 60)) looks like neither. Add a slash at its "
        + "end for a folder."
    }

    static let interrupted = "Stopped. Nothing was exported, and the journal is as it was."

    static func exporting(_ count: Int) -> String { "Exporting… \(grouped(count))" }

    static func exported(_ counts: [RecordKind: Int], to path: String) -> String {
      "Exported \(records(counts)) to \(path)."
    }

    static func recordsLeftOut(_ counts: [RecordKind: Int], _ format: ExportFormat) -> String {
      format == .csv
        ? "Left out, because a table is of one kind: \(records(counts)). --kind names another."
        : "Left out, having no place in \(format.rawValue): \(records(counts)). "
          + "`ebb export ebb` keeps everything."
    }

    static func fieldsLeftOut(_ counts: [String: Int], _ format: ExportFormat) -> String {
      let fields = counts.keys.sorted().map { name in
        "\(name) (\(count(counts[name] ?? 0, "record")))"
      }
      return "\(format.rawValue) has no place for some fields, which were left out: "
        + "\(list(fields)). `ebb backup` keeps everything."
    }

    static func oneKind(_ kinds: [RecordKind]) -> String {
      "A table is of one kind, and this asks for \(list(kinds.map(\.rawValue))): --kind names one."
    }

    static func ownFile(_ path: String) -> String {
      "\(path) is a place for the journal's own files, and nothing was written. Choose another one."
    }

    static func sentence(_ error: ExportError) -> String {
      switch error {
      case .exists(let path):
        "\(cutPath(path)) is there already, and it was not touched. Choose another name, or add --force."
      case .wrongKind(let path, isFolder: true):
        "\(cutPath(path)) is a folder, and this format is one file. Name a file in it: -o \(cutPath(path))/NAME."
      case .wrongKind(let path, isFolder: false):
        "\(cutPath(path)) is a file, and this would be a folder. Choose another name."
      case .notAFile(let path):
        "\(cutPath(path)) is a pipe or a device, and no file can take its place. Leave out -o, and "
          + "send standard output there."
      case .unwritable(let path, let code):
        "\(cutPath(path)) cannot be written: \(SystemReason.text(code)). The journal is as it was."
      case .nobodyReads:
        "Whoever read the export went away before its end."
      case .noConverter:
        "A PDF is printed by another program, and none is installed: install weasyprint, "
          + "wkhtmltopdf, chromium or libreoffice, or `ebb export html` and print from a browser."
      case .notConverted(let program, let status):
        "\(program) could not print the PDF (it ended with \(status)). "
          + "`ebb export html` writes the same page for a browser."
      case .unavailable(let format):
        "Ebb cannot write \(format.rawValue) in that form."
      }
    }

    private static func records(_ counts: [RecordKind: Int]) -> String {
      let parts = Messages.counts(counts)
      return parts.isEmpty ? "nothing" : list(parts)
    }
  }
}

extension Messages.Help {
  static let export = """
    Formats: ebb (JSON; all there is, the trash too, and with --history every version), markdown \
    (a folder, or one file whose name ends in .md), text, jrnl (text that jrnl reads), html (one \
    page that needs nothing else), pdf (the page, printed by weasyprint, wkhtmltopdf, chromium \
    or libreoffice), dayone (a zip file that Day One imports; entries alone), and csv (mood \
    logs, or the kind that --kind names). Without -o it goes to standard output. Nothing is \
    overwritten without --force, and a file has its name only when it is whole. Records come \
    oldest first; query and filters are those of ebb list, but all are written unless --limit says \
    how many.

    What comes back when it is imported again: of ebb, markdown and csv everything but earlier \
    versions; csv holds one kind. The versions of ebb --history come back in their order, as \
    written on the day they are imported. jrnl holds the day and minute, title, text, star and \
    tags of entries; a tag is written #river, a person @Sam, which jrnl takes for a tag too, and \
    what neither can hold of a name becomes _. Mood logs and steps become entries in words; \
    journal and prompt are left out. dayone holds all of an entry, and no mood logs and steps. \
    text, html and pdf are for reading.

    EXAMPLES:
      ebb export markdown -o ~/Notes/journal
      ebb export markdown --per entry -o ~/Notes/journal
      ebb export markdown tag:river -person:Sam -o river.md
      ebb export ebb --history -o journal.json
      ebb export csv --from 2026-01-01 -o moods.csv
      ebb export dayone -o journal.zip
      ebb export text --on yesterday
      ebb export html --from 2026-01-01 -o 2026.html
      ebb export jrnl --journal diary -o diary.txt
    """
}
