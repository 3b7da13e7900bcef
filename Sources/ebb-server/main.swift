import CSQLite
import Glibc
import ServerCommands

sqlite3_keep_no_memory_statistics()
// Dispatch tells the system's log of each thread whose priority it may not raise. Ebb itself writes
// nothing there.
setlogmask(1 << LOG_EMERG)
exit(await runServer())
