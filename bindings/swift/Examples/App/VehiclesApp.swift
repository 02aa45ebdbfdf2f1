import Pmi
import SwiftUI

@main
struct VehiclesApp: App {
    let client = try! PmiClient(PmiConfiguration(server: URL(string: "https://pmi.example")!))
    var body: some Scene {
        WindowGroup { GarageView(client: client).suspends(client) }.refreshes(client)
    }
}
struct GarageView: View {
    let client: PmiClient
    @State private var vehicles: [GarageVehicle] = []
    var body: some View {
        List(vehicles) { vehicle in Text(vehicle.name) }.task {
            let signIn = client.signIn()
            signIn.send(.email(text: "asha@example.com"))
            signIn.send(.password(text: "demo-1234"))
            signIn.send(.submit)
            for await garage in client.garage().records { vehicles = garage.vehicles }
        }
    }
}
