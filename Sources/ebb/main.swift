import CSQLite
import JournalCommands

sqlite3_keep_no_memory_statistics()
runEbb()
