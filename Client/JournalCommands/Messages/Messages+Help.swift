extension Messages {
  /// Help texts. Each ends with examples that can be typed as they stand.
  enum Help {
    static let version = "ebb 0.1.0"

    static let overview = """
      Ebb is a private journal: entries and moods, on this machine and, if you like,
      on all your machines, through a server of your own that cannot read a word.

      USAGE: ebb [COMMAND] [options]

      WRITING
        write        Write an entry: from words, a pipe, or your editor.
        mood         Log a mood, and how close it felt.
        edit         Change a record.
        delete       Put records into the trash.
        undelete     Take records out of the trash.
        erase        Erase records for good, on all machines and the server.

      READING
        (nothing)    Today at a glance.
        today        The same.
        list         What you wrote, newest first.
        search       Find what you wrote by its words.
        show         One record in full.
        history      All versions of a record.
        revert       Make a record what it was at an earlier version.
        conflicts    Texts that were written on two machines at once.
        resolve      Settle them: keep one, both, or merge them.
        on-this-day  What you wrote on this day in other years.
        random       Some entry, whichever comes.
        calendar     A month or a year, and how much you wrote.
        stats        The journal in numbers.
        journals     Your journals and how many entries they have.
        tags         Your tags and how often you used them.
        tags rename  Rename a tag, or make two one.
        insights     What goes together in your mood logs and steps.
        review       A week, a month or a year: what you wrote, felt and dared.

      CLOSENESS
        check-in     Log how it is, one question at a time.
        step plan    Plan one small act of openness.
        step list    Your steps, and where you stand on the ladder.
        step done    Say that you dared one, and what really happened.
        step skip    Set one aside.
        practice     Steady yourself, look closer, or find the way back.
        prompts      Questions to write about.
        people       The people in your journal, and how near they were.
        people rename  Give somebody another name, or make two names one.

      SYNCING
        register     Begin an account on your server.
        restore      Bring a journal onto this machine, from a server or a backup.
        sync         Exchange what is new with the server.
        status       What is here, and what is not synced yet.
        devices      The machines of your account; revoke one.
        passphrase   Change the passphrase.
        recovery-code  Make a new recovery code.
        logout       End this machine's session; the journal stays.
        account delete  Delete the account from the server; the journal stays.

      KEEPING
        import       Bring along what you wrote elsewhere.
        export       Take it elsewhere: Markdown, HTML, JSON, jrnl, Day One…
        backup       Copy the whole journal into one file.
        verify       Read everything and see that nothing is lost or damaged.
        doctor       Repair a damaged journal.

      SETTING UP
        config       Show and change the settings.
        remind       Be reminded to write, at an hour of your choice.
        completions  Make your shell complete commands, tags, people and ids.
        help         All of this, or more about a command or a topic.

      `ebb COMMAND --help` tells more about each, with examples. `ebb --version` prints
      the version. Every command takes --color auto, always or never.

      TOPICS, for `ebb help TOPIC`
      \(HelpTopic.list)

      EXAMPLES
        ebb write Went home by the river.
        ebb mood 6 calm --closeness 7 --pull toward
        ebb list --from 2026-11-01 --tag river
        ebb search "by the river"

      """

    /// Without the commands that `practice.enabled = false` takes away, and what is told of them.
    static var plainOverview: String {
      let gone =
        CommandTable.commands.filter { $0.isPractice }.map { $0.name }
        + [HelpTopic.closeness.rawValue]
      return overview.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { line in !gone.contains { line.hasPrefix("  \($0)  ") } }
        .joined(separator: "\n")
    }

    static let write = """
      The text is kept exactly as you give it, but for line ends at its end. Words that \
      look like options are text when they contain a space, when they begin with one \
      dash, or after a bare --. #tags and @people in it are listed like others, and it can \
      begin with its date: a time alone is the last there was, today's or yesterday's.

      Your editor ($VISUAL or $EDITOR) shows a block for date, title, tags and people above the \
      text. Templates are files such as templates/evening.md in the configuration folder; \
      {{date}}, {{time}} and {{weekday}} in them are filled in.

      EXAMPLES:
        ebb write Went home by the river.
        ebb write "- milk, - bread" --tag list
        ebb write --date "yesterday 21:30" --person Mara We talked at last.
        ebb write --mood 7 Slept well.
        ebb write "yesterday 9pm: Met @Sam by the #river."
        ebb write --template evening
        ebb write --prompt
        ebb write < letter.txt
        ebb write -- --not an option
      """

    static let mood = """
      At least one of score, --closeness, --pull and --urge is needed. What you said and \
      what you meant are kept apart, for they often are.

      EXAMPLES:
        ebb mood 6
        ebb mood 4 torn anxious @Sam
        ebb mood 5 --closeness 8 --pull away --urge 7 --person Mara
        ebb mood --urge 6 --sign withdrawal --said "I'm fine" --meant "stay a little"
      """

    static let list = """
      Days are those written in the records, as lived. Twenty are shown, on a terminal \
      and elsewhere, and you are told of the rest; with --json all. The query is that of `ebb search`.

      EXAMPLES:
        ebb list
        ebb list --kind mood --from 2026-11-01 --to 2026-11-30
        ebb list --on yesterday
        ebb list --tag river --person Mara --limit 0
        ebb list tag:river -person:Mara mood:1-3
        ebb list --trash
        ebb list --json | jq -r '.[].text'
      """

    static let search = """
      Accents and capitals make no difference; in a name, as long as it can mean only one. In scripts without spaces between words, \
      any two characters are found.

      Besides words: tag:NAME, person:NAME, journal:NAME, is:starred, kind:mood, emotion:NAME, \
      sign:NAME, pull:away; mood:3, mood:1-3, 'mood:<4', and so energy, closeness and urge; \
      before:DAY, after:DAY, on:DAY. A - before any of them excludes, and of two with OR between \
      them one is enough. Addresses and times are words; so is all in quotes of its own: \
      '"note:to self"'. The quotes around '<' are for your shell. What was found is marked in its \
      line.

      --save keeps a query under a name; saved:NAME stands for it here and wherever a query is \
      taken. They are lines of searches.toml in the configuration folder.

      EXAMPLES:
        ebb search river
        ebb search '"by the river"'
        ebb search 'run*' --from 2026-01-01
        ebb search person:Sam mood:1-3 -tag:work after:"last month"
        ebb search river OR lake before:2026
        ebb search cafe --kind entry --json
        ebb search --save torn pull:torn after:"3 months ago"
        ebb list saved:torn --reverse
      """

    static let show = """
      On a terminal, Markdown in a text is shown as it is meant; line breaks stay as you made \
      them. Elsewhere, and with --raw, the text is as you wrote it.

      EXAMPLES:
        ebb show 3f9a1c
        ebb show 3f9a1c --raw
        ebb show 3f9a1c --json
      """

    static let edit = """
      Without options the text opens in your editor ($VISUAL or $EDITOR). --tag, --person, \
      --sign and --emotion add; --clear empties a field: title, journal, tags, people, note, \
      score and so on, as in JSON.

      Editing a record that is in the trash takes it out again. Older versions are kept: \
      see ebb history.

      EXAMPLES:
        ebb edit 3f9a1c
        ebb edit 3f9a1c --title "By the river" --star
        ebb edit 3f9a1c --text "Went home by the river, late."
        ebb edit 3f9a1c --remove-tag river --tag walk
        ebb edit 8c0d1e --score 5 --clear note
      """

    static let delete = """
      All of them or, if one cannot be found, none. With options, or with filters such as \
      tag:river, all that `ebb list` would show with --limit 0: it is shown, and you are asked. \
      `ebb list --trash` shows what is in the trash, `ebb undelete` takes it out.

      EXAMPLES:
        ebb delete 3f9a1c
        ebb delete 3f9a1c 8c0d1e
        ebb delete tag:scratch --to 2020
        ebb delete journal:work before:2015 --yes
      """

    static let undelete = """
      EXAMPLES:
        ebb list --trash
        ebb undelete 3f9a1c
      """

    static let history = """
      Times are this machine's. A version is (current) while all that it wrote holds; where only \
      some of it does, the fields are named. It is a (sibling) while its text is kept beside \
      another: see ebb conflicts.

      EXAMPLES:
        ebb history 3f9a1c
        ebb history 3f9a1c --json
      """

    static let revert = """
      What came after that version stays in the history, so a revert can be reverted.

      EXAMPLES:
        ebb history 3f9a1c
        ebb revert 3f9a1c 5d07b2.12
      """

    static let conflicts = """
      When two machines change the same text and neither knew of the other, the later one wins \
      everywhere, and the other is kept beside it, a sibling, until somebody settles which it is \
      to be. Nothing is lost meanwhile, and nothing is lost by settling: all of it stays in the \
      history.

      What was erased on one machine and changed on another that did not know of it is listed too, \
      until you erase it again or keep it.

      EXAMPLES:
        ebb conflicts
        ebb conflicts 3f9a1c
        ebb conflicts --json
      """

    static let resolve = """
      --keep winner keeps the present text, sibling the other one, both puts one below the other. \
      edit merges the two, word by word, with what both began with, and opens the result in your \
      editor ($VISUAL or $EDITOR); where both changed the same words, you find both versions \
      between lines of <, |, = and >, and make one of them. If several fields are contested, \
      --field names one.

      It is settled on all your machines, at their next sync. --keep winner also keeps what was \
      erased on one machine and changed on another.

      EXAMPLES:
        ebb resolve 3f9a1c --keep winner
        ebb resolve 3f9a1c --keep both --field title
        ebb resolve 3f9a1c --keep sibling --sibling 9a1c22.7
        ebb resolve 3f9a1c --keep edit
      """

    static let tags = """
      EXAMPLES:
        ebb tags
        ebb tags --json
      """
  }
}

extension Messages.Help {
  static let register = """
    The account's key is made here and never leaves this machine unsealed. The passphrase is \
    asked for, or taken from $EBB_PASSPHRASE or --passphrase-file. The recovery code is shown \
    once: write it down.

    A server with a certificate of its own is trusted by its fingerprint, which is asked about \
    once; scripts give it with --fingerprint.

    EXAMPLES:
      ebb register https://home.example:8443 --account anna --invite K7QF-2M9X
      ebb register https://home.example:8443 --account anna --invite K7QF-2M9X \\
          --fingerprint sha256:… --passphrase-file ~/passphrase
    """

  static let restore = """
    From a server: logs in with the passphrase and brings the whole journal here. What was \
    written on this machine before comes along. The same command logs a machine in again after \
    a logout or a revocation, or when the server has a new key.

    From a backup: only where there is no journal yet.

    EXAMPLES:
      ebb restore https://home.example:8443 --account anna
      ebb restore https://home.example:8443 --account anna --recovery
      ebb restore ~/journal-2026-11-21.ebb
    """

  static let sync = """
    One short exchange when there is little to say. It can be interrupted at any time and goes \
    on where it was. Once registered, every write starts one in the background, unless \
    config.toml says: [sync] auto = false

    EXAMPLES:
      ebb sync
      ebb sync --follow
      ebb sync --json
    """

  static let status = """
    Two machines with the same state digest hold the same journal.

    EXAMPLES:
      ebb status
      ebb status --json
    """

  static let devices = """
    Revoking ends a machine's session: it can't sync any more. What it holds stays there.

    EXAMPLES:
      ebb devices
      ebb devices revoke 5d07b2c1
      ebb devices --json
    """

  static let logout = """
    The journal stays here and can be written in. `ebb restore URL` logs in again.

    EXAMPLES:
      ebb logout
    """

  static let passphrase = """
    The other machines stay logged in, and the recovery code stays good. For scripts: \
    $EBB_PASSPHRASE and $EBB_NEW_PASSPHRASE, or the two files.

    EXAMPLES:
      ebb passphrase
      ebb passphrase --recovery
    """

  static let recoveryCode = """
    It is shown once: write it down.

    EXAMPLES:
      ebb recovery-code
      ebb recovery-code --recovery
    """

  static let accountDelete = """
    The server forgets the account and all that it holds of it; other machines can't sync any \
    more. Every machine keeps its journal.

    EXAMPLES:
      ebb account delete
      ebb account delete --yes --passphrase-file ~/passphrase
    """

  static let backup = """
    The file holds everything, the account's key too, and is not encrypted. \
    `ebb restore PATH` makes a journal of it on a machine that has none.

    In a folder the file is named by the day, and a second one of the day is not made. With \
    --every that happens by itself, by a timer of systemd that is yours alone.

    EXAMPLES:
      ebb backup ~/journal-2026-11-21.ebb
      ebb backup ~/Backups --keep 7
      ebb backup ~/Backups --every week --keep 8
      ebb backup --every never
    """

  static let config = """
    Each setting is shown with its value, what it does, and the line of the file that sets it. \
    Setting one keeps the comments and the order of the file; edit opens the file in your editor \
    ($VISUAL or $EDITOR) and reads it before it replaces the old one.

    EXAMPLES:
      ebb config
      ebb config get sync.auto
      ebb config set sync.auto false
      ebb config unset sync.auto
      ebb config edit
    """
}
