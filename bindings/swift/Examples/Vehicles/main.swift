//  The lines of `Examples/App` that need no SwiftUI, run against a server that is named by the arguments.

import Foundation
import Pmi

let (server, email, password) = (CommandLine.arguments[1], CommandLine.arguments[2], CommandLine.arguments[3])
let client = try PmiClient(PmiConfiguration(server: URL(string: server)!, keys: .memory))
/// What `List` would show.
var vehicles: [GarageVehicle] = [] {
    didSet {
        guard let worst = vehicles.first, let health = worst.health else { return }
        print(worst.name, health.tone)
        exit(0)
    }
}

let signIn = client.signIn()
signIn.send(.email(text: email))
signIn.send(.password(text: password))
signIn.send(.submit)
for await garage in client.garage().records { vehicles = garage.vehicles }
