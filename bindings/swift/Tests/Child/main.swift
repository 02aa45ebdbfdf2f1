//  A process that is killed: it signs in, says so, and stays.

import Foundation
import Pmi

let arguments = CommandLine.arguments
let (server, device) = (URL(string: arguments[1])!, URL(fileURLWithPath: arguments[2]))
let client = try PmiClient(
    PmiConfiguration(
        server: server,
        folders: PmiFolders(data: device.appendingPathComponent("data"), caches: device.appendingPathComponent("cache")),
        keys: .file(device.appendingPathComponent("keys"))))
let screen = client.signIn()
screen.send(.email(text: arguments[3]))
screen.send(.password(text: arguments[4]))
screen.send(.submit)
for await record in screen.records where record.done {
    print("signed in")
    fflush(nil)
}
