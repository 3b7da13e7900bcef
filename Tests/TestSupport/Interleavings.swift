/// Every order in which operations of several devices can reach a replica, those of one device in
/// their own order: for three devices with three each, 1,680.
///
/// An order names devices: `[0, 2, 0]` is the first of device 0, the first of device 2, the second
/// of device 0.
package func eachInterleaving(ofCounts counts: [Int], _ body: ([Int]) throws -> Void) rethrows {
  var left = counts
  var order: [Int] = []
  func extend() throws {
    guard left.contains(where: { $0 > 0 }) else { return try body(order) }
    for device in left.indices where left[device] > 0 {
      left[device] -= 1
      order.append(device)
      try extend()
      order.removeLast()
      left[device] += 1
    }
  }
  try extend()
}
