/// The sync plane: stores what is pushed, merges it blindly, answers what is new.
package struct SyncService: Sendable {
  let storage: any Storage
  let news: News
  let clock: any ServerClock
  let limits: ServerLimits

  package init(
    storage: any Storage, news: News, clock: any ServerClock = SystemServerClock(),
    limits: ServerLimits = ServerLimits()
  ) {
    self.storage = storage
    self.news = news
    self.clock = clock
    self.limits = limits
  }
}
