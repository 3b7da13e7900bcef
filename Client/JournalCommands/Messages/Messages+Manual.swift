extension Messages {
  enum Manual {
    static let about = "a private journal, on one machine or many"
    static let aboutSettings = "the settings of ebb"

    static let overview = """
      Ebb keeps entries, mood logs and small steps, on this machine and, if you like, on all your \
      machines, through a server of your own that cannot read a word. Without a command it shows \
      today at a glance. `ebb help` lists what there is, `ebb COMMAND --help` tells of a command.

        ebb write Went home by the river.
        ebb mood 6 calm --closeness 7 --pull toward
        ebb list --from 2026-11-01 --tag river
        ebb search "by the river"
      """

    static let variables: [(name: String, meaning: String)] = [
      ("EBB_HOME", "The folder that holds everything of one installation, if it is set."),
      ("XDG_DATA_HOME", "Otherwise the journal is in its folder ebb; ~/.local/share if unset."),
      ("XDG_CONFIG_HOME", "Settings and templates are in its folder ebb; ~/.config if unset."),
      ("EBB_PASSPHRASE", "The passphrase, for scripts. It is passed on to no other program."),
      ("EBB_NEW_PASSPHRASE", "The new one, for `ebb passphrase`."),
      ("VISUAL", "The editor, with its options."),
      ("EDITOR", "The editor, if there is no VISUAL."),
      ("PAGER", "What shows long texts; less if unset."),
      ("NO_COLOR", "If it is set, nothing is coloured."),
      ("TZ", "The time zone, such as Europe/Berlin."),
      ("https_proxy", "The proxy on the way to the server; no_proxy lists what needs none."),
    ]

    static let files: [(name: String, meaning: String)] = [
      ("~/.local/share/ebb", "The journal, its keys, and drafts. For you alone to read."),
      ("~/.config/ebb/templates", "What entries can begin with, a file each."),
      ("~/.config/ebb/config.toml", "The settings; the file need not exist."),
    ]
  }
}
