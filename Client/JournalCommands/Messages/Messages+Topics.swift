internal import Interchange

extension Messages {
  /// The texts of `ebb help TOPIC`: paragraphs, and lines that begin with two spaces and stay.
  enum Topics {
    static let aTopic = "a command or a topic"

    static func unknown(_ word: String, nearest: String?) -> String {
      "There is no command and no topic \(Messages.quoted(word)). "
        + (nearest.map { "Did you mean `ebb help \($0)`?" } ?? "`ebb help` lists both.")
    }

    static let writing = """
      `ebb write` takes words, or what is piped into it, or opens your editor ($VISUAL or \
      $EDITOR) on a private file. The text is kept exactly as it is, but for line ends at its end.

        ebb write Went home by the river.
        ebb write < letter.txt
        ebb write

      #tags and @people in a text count like those given with --tag and --person, and stay in the \
      text. A name there is letters, digits, - and _, and @O'Neil is one; --person takes any. A text can begin with \
      its date: "yesterday 9pm: Met @Sam."

      In the editor, a block above the text holds date, title, tags and people. If the editor or \
      the machine dies, the text is kept as a draft, and `ebb write --draft` goes on with it.

      A template is a file such as templates/evening.md in the configuration folder, and \
      `ebb write --template evening` begins with it. {{date}}, {{time}} and {{weekday}} in it \
      are filled in.

      Words with a space in them are never taken for options. What begins with two dashes is: a \
      bare -- before it says that all that follows is text.
      """

    static let dates = """
      Wherever a date is wanted, it can be typed in several ways:

        today, yesterday, tomorrow, now
        yesterday 9pm, 21:30, 9:30 am
        this morning, tonight, last night, friday evening
        friday, last friday, next friday
        3 days ago, two weeks ago, an hour ago, in 3 days
        nov 3, 3 november 2024, 25/12
        2026-11-21, 2026-11-21 08:15
        2026-11-21T08:15:00+01:00[Europe/Berlin]

      Words look back, as a journal does: friday is the last one there was, today included, and \
      a time alone is today's or, if that has not come yet, yesterday's. For a plan (ebb step plan \
      --by friday) they look ahead. A bare day is the whole day. Mornings are at 6:00, afternoons \
      at 13:00, evenings at 18:00 and nights at 21:00; this evening, before it has come, is now.

      --from, --to and --on, and before:, after: and on: in a search, also take a week, a month or \
      a year: "last week", 2026-W47, march 2025, 2026-11, 2026.

      A date is kept as lived: with the zone that you were in. A time that occurs twice, when \
      clocks go back, is the earlier one; one that is skipped moves forward. What could mean two \
      days, such as 11/3, is not guessed but said.
      """

    static let moods = """
      A mood log keeps more than a mood, for the push and pull of closeness: wanting someone near, \
      and stepping back when they come.

        ebb mood 4 torn --closeness 8 --pull away --urge 7

      The first number is the score, 1 to 10; other words are what you feel. --closeness is how \
      close it felt, 0 to 10. --pull is the way it went: toward, away or torn. --urge is how \
      strong the urge to withdraw was, 0 to 10. One of these four is enough.

      --sign names what you noticed yourself doing: communication, distance, defence, sabotage, \
      withdrawal, suspicion, unavailability. --said and --meant keep apart what you said and what \
      you meant. --trigger, --fear, --action and --note hold the rest.

      `ebb check-in` asks for the same, one question at a time, and `ebb edit ID` changes all of it \
      later. Nothing here is a diagnosis, and no number is a grade.
      """

    static let closeness = """
      What helps to come nearer, in small doses, and to look at what happens then.

        ebb step plan "Tell Sam about the film" --by friday
        ebb step plan Call --rung 1 --person Sam --fear-before 6
        ebb step done 3f9a1c --outcome "a good hour"
        ebb step list --ladder

      A step is one small act of openness. The ladder has five rungs: a small preference, a minor \
      worry, not knowing, a memory that matters, a deep feeling or fear. What you feared stands \
      beside what really happened; some days after a step that is done, Ebb asks for that once. \
      `ebb step skip ID` sets one aside.

        ebb practice
        ebb practice breathing --in 4 --out 6
        ebb write --prompt
        ebb people Sam

      Practices steady you, or put questions whose answers become an entry; a rating before and \
      after is kept if you like. Prompts are chosen by what the last days were like, and rest for \
      a month once answered. People show how close it felt, week by week.

      Ebb is a notebook, not therapy: `ebb practice` says where help is. practice.enabled = false \
      in the settings switches off check-ins, steps, practices, prompts, insights and reviews; \
      entries, mood logs and people stay.
      """

    static let searching = """
      `ebb search` finds records that have all the words; `ebb list`, `ebb random`, `ebb stats` and, \
      behind its format, `ebb export` take the same, and may have none. Accents and \
      capitals make no difference; in a name, as long as it can mean only one.

        ebb search river
        ebb search '"by the river"'
        ebb search 'run*'
        ebb search river OR lake
        ebb search person:Sam mood:1-3 -tag:work after:2025

      Besides words: tag:NAME, person:NAME, journal:NAME, is:starred, kind:mood, emotion:NAME, \
      sign:NAME, pull:away, before:DAY, after:DAY, on:DAY. Measures take numbers and ranges: mood:3, \
      mood:1-3, 'mood:<4', and so energy, closeness and urge. A - before any of them says what \
      must not be there. Addresses and times are words; another name: that is no filter is \
      refused, unless it stands in quotes: '"note:to self"'.

      The options --kind, --from, --to, --on, --tag, --person, --journal and --starred say the same \
      and work with `ebb list`, `ebb search` and `ebb export` alike. `ebb delete tag:scratch` takes a \
      query too: it shows what it found, and asks.

      A query that you type often can have a name. saved:NAME stands for it in every query, \
      but not behind a -:

        ebb search --save torn pull:torn after:"3 months ago"
        ebb list saved:torn person:Sam
        ebb search --saved
      """

    static let syncing = """
      A journal works alone. To have it on several machines, run ebb-server on one that is on when \
      the others are. It passes on what they write, and cannot read it.

        ebb-server serve --host journal.example.org
        ebb register https://journal.example.org:8443 \\
            --account ida --invite CODE
        ebb restore https://journal.example.org:8443 --account ida

      register is for the first machine, restore for each other one. What a machine wrote before \
      comes along. Write the recovery code on paper: with neither passphrase nor code nor a machine \
      that holds the journal, nobody can bring it back.

      From then on every write starts a sync in the background, unless the setting sync.auto is \
      false. `ebb sync` does it now, `ebb sync --follow` keeps going. For a machine on which you \
      mostly read, there is a timer:

        systemctl --user enable --now ebb-sync.timer

      Of one field that two machines change, the later write wins; of prose, the other text is kept \
      too: see `ebb help merging`. `ebb verify` proves that server and machine hold the same.
      """

    static let merging = """
      When two machines change the same text and neither knew of the other, the later one wins \
      everywhere, and the other is kept beside it, a sibling. `ebb sync` says so once; `ebb status` \
      counts them; `ebb conflicts` shows them, word by word.

        ebb conflicts
        ebb resolve 3f9a1c --keep winner
        ebb resolve 3f9a1c --keep both
        ebb resolve 3f9a1c --keep edit

      edit merges the two in your editor. What is settled on one machine is settled on all, and \
      every version stays in `ebb history`.

      Tags, people, emotions and signs never conflict: those that either machine added are there.
      """

    static let erasing = """
      `ebb delete` puts a record into the trash, where it stays until you take it out with \
      `ebb undelete`. `ebb list --trash` shows what is there. If another machine changes a record's \
      text, not knowing that it is in the trash, it comes back.

      `ebb erase` is for good. It takes all versions of a record, its tags and its names, out of \
      this machine's files and the server's at once, and out of each other machine's when that \
      syncs; `ebb status` says which have not confirmed yet. With an account it needs the server.

        ebb erase 3f9a1c

      Ebb cannot reach backups and exports that you made, nor your shell's history.
      """

    static let formats = """
      `ebb import` sees what a file or folder is, or is told with --format. It reads: \
      \(Messages.list(ImportFormat.allCases.map(\.rawValue))). Importing the same again adds \
      nothing. --dry-run tells first what would come along.

        ebb import --dry-run ~/.local/share/jrnl/journal.txt
        ebb import ~/.local/share/jrnl/journal.txt

      What has no place in Ebb is kept in the text or named in the report; nothing is dropped in \
      silence.

      `ebb export` writes: \(Messages.list(ExportFormat.allCases.map(\.rawValue))). ebb is Ebb's \
      own JSON: all there is, and `ebb import` reads it back as it was.

        ebb export ebb -o journal.json
        ebb export markdown -o ~/Notes/journal

      A backup (`ebb backup`) is another thing: the database itself, keys included.
      """

    static let settings = """
      Settings are in config.toml: in $EBB_HOME if that is set, else in ~/.config/ebb \
      ($XDG_CONFIG_HOME). The file need not exist.

        ebb config
        ebb config set sync.auto false
        ebb config edit

      A setting that the file does not have is as usual. A name or a value that Ebb does not know \
      is named by `ebb` and `ebb config`; other commands go on without it.

      """
      + Setting.all.map { setting in
        "\n\(setting.name): \(setting.sentence)\n\n"
          + "  [\(setting.section)]\n  \(setting.key) = \(setting.standard.tomlText)\n"
      }
      .joined()

    static let timers = """
      Three things can happen by themselves, each by a timer of systemd that is yours alone, and \
      none of them unless you ask for it.

        ebb remind --at 21:00
        ebb backup ~/Backups --every week --keep 8
        systemctl --user enable --now ebb-sync.timer

      The reminder says one sentence (the setting reminder.text) on days on which you wrote \
      nothing. It counts nothing, and a day without a line is a day without a line.

      `ebb remind --off` and `ebb backup --every never` end them. Where there is no systemd, both \
      print a line for crontab(5) instead. A timer runs while you are logged in; `loginctl \
      enable-linger` lets it run after.
      """

    static let scripts = """
      With --json a command prints one JSON document on standard output and nothing else; ids are \
      whole there, and lists are complete unless --limit says otherwise. Messages go to standard \
      error.

        ebb list --json --tag river | jq -r '.[].text'

      Without a terminal nothing is ever asked: what is missing is an error. $EBB_PASSPHRASE or \
      --passphrase-file answer for you. $EBB_HOME names the folder that holds everything of one \
      installation. Output that is no terminal has no colours.

      Exit statuses:

      """
      + ExitStatus.allCases.map { status in
        "  " + DisplayWidth.padded(String(status.rawValue), to: 5) + meaning(of: status)
      }
      .joined(separator: "\n")

    static func meaning(of status: ExitStatus) -> String {
      switch status {
      case .done: "done"
      case .notPossible: "what was asked for is not there or not possible"
      case .usage: "a bad option or value"
      case .badData: "a bad file, or a damaged journal"
      case .unreachable: "the server cannot be reached"
      case .disk: "the disk refuses"
      case .tryAgain: "busy; try again"
      case .notAllowed: "not allowed: wrong passphrase, or a revoked machine"
      case .interrupted: "ended with Ctrl-C"
      }
    }

    static let privacy = """
      What you write is sealed on your machine before it leaves it, with keys made from your \
      passphrase. The server cannot read a word of it, nor the names of your machines.

      The server sees: your account's name; how many devices you have, when and from which address \
      they sync; how many operations there are, when they were made, their sizes (padded), and \
      which of them touch the same field of the same record, but not which field that is.

      On your own machines the journal lies unencrypted, in files that only you can read, and so \
      does the key: encrypt your disk. A backup holds the key too. Whoever has a machine that was \
      revoked keeps what it held.

      The reminder's sentence shows on your screen, and tags and people show while a shell \
      completes them. `ebb erase` takes out what must not stay: see `ebb help erasing`.
      """
  }
}

extension Messages.Help {
  static let help = """
    `ebb help` alone lists commands and topics. What it tells of a topic is also a manual page: \
    man ebb-dates.

    EXAMPLES:
      ebb help
      ebb help dates
      ebb help write
    """
}
