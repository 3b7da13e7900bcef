import Glibc
import ServerCommands

exit(await runServer())
