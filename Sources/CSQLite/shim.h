#include <sqlite3.h>

/// Has SQLite keep no statistics of its memory, for which it takes a lock at each allocation. Only
/// the first call in a process that comes before all else of SQLite does anything.
///
/// `sqlite3_config` takes any arguments, and so is not to be seen in Swift.
static inline void sqlite3_keep_no_memory_statistics(void) {
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
