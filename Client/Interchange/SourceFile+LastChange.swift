private import Glibc
internal import JournalModel

extension SourceFile {
  /// The day on which a file was last changed, in the local zone: no date of a journal, but nearer
  /// than none.
  static func dayOfLastChange(_ path: String, _ settings: ImportSettings) -> JournalDate {
    var status = stat()
    let seconds = stat(path, &status) == 0 ? Int64(status.st_mtim.tv_sec) : settings.now / 1000
    let date = JournalDate(unixMilliseconds: seconds * 1000, in: settings.zones)
    return JournalDate(day: date.day, timeZone: date.timeZone)
  }
}
