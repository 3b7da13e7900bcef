import CSQLite
import Glibc
import ServerCommands

sqlite3_keep_no_memory_statistics()
exit(await runServer())
