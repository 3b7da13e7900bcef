import JournalCommands

runEbb()
