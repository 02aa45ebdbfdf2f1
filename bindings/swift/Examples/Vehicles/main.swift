import Foundation
import Pmi

// In an app: PmiConfiguration(server: URL(string: "https://pmi.example")!). Here the server and the person are arguments.
let (server, email, password) = (CommandLine.arguments[1], CommandLine.arguments[2], CommandLine.arguments[3])
let client = try PmiClient(PmiConfiguration(server: URL(string: server)!, keys: .memory))

let signIn = client.signIn()
signIn.send(.email(text: email))
signIn.send(.password(text: password))
signIn.send(.submit)
for await record in signIn.records {
    if let problem = record.problem { fatalError("\(problem.text.key)") }
    if record.done { break }
}

for await garage in client.garage().records where garage.standing.phase == .shown {
    for vehicle in garage.vehicles { print(vehicle.name, vehicle.health?.tone ?? .neutral) }
    break
}
