//  A process that is killed: it signs in, books without a network if it is told an hour, says so, and stays.

import Foundation
import Person
import Pmi

let arguments = CommandLine.arguments
let client = try Device(URL(fileURLWithPath: arguments[2])).open(URL(string: arguments[1])!)
try await client.signIn(arguments[3], arguments[4])
var said = "signed in"
if let hour = arguments.dropFirst(5).first.flatMap(UInt8.init) {
    _ = try await client.shownGarage()
    client.setNetwork(up: false)
    let accepted = try await client.book(at: hour)
    said = accepted.waitsForNetwork ? "waits" : "accepted"
}
print(said)
fflush(nil)
while true { try await Task.sleep(for: .seconds(60)) }
