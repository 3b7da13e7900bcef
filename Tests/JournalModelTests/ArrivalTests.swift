import JournalModel
import OperationLog
import TestSupport
import Testing

/// Nine operations, three of each device, reach a replica in every order that there is: whatever
/// comes late or twice, the record is the same in the end.
@Suite struct ArrivalTests {
  @Test(arguments: ArrivalScenario.all)
  func `every order of arrival, with any one operation late or twice, gives the same record`(
    _ scenario: ArrivalScenario
  ) throws {
    let byDevice = scenario.changesByDevice
    #expect(byDevice.map(\.count) == [3, 3, 3])
    let expected = try #require(scenario.log.state)
    var orders = 0
    var arrivals = 0
    var different = 0
    func check(_ changes: [StampedChange]) {
      arrivals += 1
      if scenario.log.merged(changes) != expected { different += 1 }
    }
    eachInterleaving(ofCounts: [3, 3, 3]) { order in
      orders += 1
      var next = [0, 0, 0]
      let changes = order.map { device in
        defer { next[device] += 1 }
        return byDevice[device][next[device]]
      }
      check(changes)
      check(changes + changes)
      for index in changes.indices {
        var late = changes
        let change = late.remove(at: index)
        check(late + [change])
        // Twice: in its place, and again after all others.
        check(changes + [change])
      }
    }
    #expect(orders == 1_680)
    #expect(arrivals == 1_680 * 20)
    #expect(different == 0)
  }

  @Test(arguments: ArrivalScenario.all)
  func `the record is what it must be`(_ scenario: ArrivalScenario) throws {
    let state = try #require(scenario.log.state)
    #expect(state[.text] == scenario.text.map(RegisterValue.text))
    #expect(
      state.registers[.text]?.siblings.map(\.value) == scenario.siblings.map(RegisterValue.text))
    #expect(state.members(of: .tag) == scenario.tags)
    #expect(state.isTrashed == scenario.isTrashed)
  }
}
