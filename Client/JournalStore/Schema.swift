internal import GRDB

/// The tables of a journal. Version 1:
///
/// | table | a row is | notes |
/// |---|---|---|
/// | `journal` | the journal itself; only one | who we are, the clock, the state digest |
/// | `device` | a device id that has written | together, the version vector |
/// | `operation` | an operation; key: slot of its device * 2^40 + sequence | `header` as on the wire; `payload` as made, NULL for a stub; `made_here` when this store issued it |
/// | `record` | a record as its operations make it | `state` holds all registers; the other columns repeat what lists go by |
/// | `label` | a tag, person, journal name or star of a record | the key lists records of one label in their order |
/// | `search` | the words of a record's prose | FTS5 without content: what to delete comes from `state` |
/// | `search_pending` | a record whose prose is not in `search` yet | |
/// | `setting` | a value of another module | |
/// | `erased` | an operation that an erase lists, known or not | since version 2 |
/// | `erasure` | a record that was erased, and the operation that did it; 0: before anybody else had seen it | since version 2 |
///
/// Since version 3, `label` also lists the tags and the people that stand in a record's text; since
/// version 4, people with an apostrophe in their names are whole.
///
/// `operation`, `device` and `journal` are the journal; `record`, `label` and `search` follow from
/// `operation` and can be made anew. Devices are named by small slots, so that an operation's key
/// is one integer, operations of a device lie together, and new ones go to the end.
///
/// FTS5 gathers 4 MiB of words, not 1, before it writes them: filling the index takes half the time.
///
/// `shelf` is 0 for what is listed and 1 for what is in the trash. `instant` is in Unix
/// milliseconds, `day` is the day as written as the number YYYYMMDD. Ids of devices, timestamps
/// and the clock are unsigned 64-bit numbers in SQLite's signed ones.
enum Schema {
  /// "EbbJ", in the file's header.
  static let applicationID: Int64 = 0x4562_624A

  static var version: Int { migrations.count }

  /// Only ever appended to: the first brings an empty file to version 1, the next to 2. What the
  /// third did, the fourth does anew.
  static let migrations = [
    Migration(sql: version1), Migration(sql: version2), Migration(),
    Migration(work: Label.listAnew),
  ]

  /// A step from one version to the next, inside one transaction.
  struct Migration: Sendable {
    private let sql: String
    private let work: @Sendable (Database) throws -> Void

    init(sql: String = "", work: @escaping @Sendable (Database) throws -> Void = { _ in }) {
      self.sql = sql
      self.work = work
    }

    func run(_ db: Database) throws {
      try db.execute(sql: sql)
      try work(db)
    }
  }

  private static let version1 = """
    CREATE TABLE journal(
      one INTEGER PRIMARY KEY CHECK (one = 1),
      installation BLOB NOT NULL,
      account BLOB NOT NULL,
      account_key BLOB NOT NULL,
      machine BLOB NOT NULL,
      device INTEGER NOT NULL,
      clock INTEGER NOT NULL,
      clock_offset INTEGER NOT NULL,
      digest BLOB NOT NULL
    ) STRICT;
    CREATE TABLE device(
      slot INTEGER PRIMARY KEY,
      id INTEGER NOT NULL UNIQUE,
      own INTEGER NOT NULL,
      gapless INTEGER NOT NULL,
      digest BLOB,
      beyond BLOB,
      accepted INTEGER NOT NULL,
      released INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE operation(
      key INTEGER PRIMARY KEY,
      timestamp INTEGER NOT NULL,
      made_here INTEGER NOT NULL,
      record INTEGER,
      header BLOB NOT NULL,
      payload BLOB
    ) STRICT;
    CREATE INDEX operation_record ON operation(record);
    CREATE TABLE record(
      row INTEGER PRIMARY KEY,
      id BLOB NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      shelf INTEGER NOT NULL,
      instant INTEGER NOT NULL,
      day INTEGER NOT NULL,
      conflicted INTEGER NOT NULL,
      state BLOB NOT NULL
    ) STRICT;
    CREATE INDEX record_order ON record(shelf, kind, instant, id);
    CREATE INDEX record_conflicted ON record(row) WHERE conflicted;
    CREATE TABLE label(
      shelf INTEGER NOT NULL,
      name TEXT NOT NULL,
      instant INTEGER NOT NULL,
      id BLOB NOT NULL,
      row INTEGER NOT NULL,
      PRIMARY KEY (shelf, name, instant, id)
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE search USING fts5(
      prose, content = '', columnsize = 0,
      tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'"
    );
    INSERT INTO search(search, rank) VALUES ('hashsize', 4194304);
    CREATE TABLE search_pending(row INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE setting(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
    """

  /// What is erased is asked about before each operation that comes is stored.
  private static let version2 = """
    CREATE TABLE erased(
      device INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      digest BLOB NOT NULL,
      PRIMARY KEY (device, sequence, digest)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE erasure(
      record BLOB NOT NULL,
      operation INTEGER NOT NULL,
      PRIMARY KEY (record, operation)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX erasure_operation ON erasure(operation);
    """
}
