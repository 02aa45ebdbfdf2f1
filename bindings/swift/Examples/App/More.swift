import Pmi
import SwiftUI

struct GarageView_Previews: PreviewProvider {
    static let server = MemoryServer(vehicles: 100)
    static var previews: some View {
        GarageView(client: try! PmiClient(inMemory: server))
    }
}

@MainActor
func lookAtFaults() {
    GarageView_Previews.server.set(.offline)
    GarageView_Previews.server.set(.offline, on: false)
    GarageView_Previews.server.set(.slow)
}

func logToTheConsole() throws {
    try PmiLog.send(from: .info) { line in print(line.level, line.target, line.text) }
}

func mustBeUpdated(_ client: PmiClient) async -> Problem? {
    do throws(PmiError) {
        _ = try await client.capabilities()
    } catch .upgradeRequired(let problem, _) {
        return problem  // Its remedy is `updateApp`: a button to the App Store.
    } catch {
        // Everything else is weather, or on the screens.
    }
    return nil
}

func sharedConfiguration() throws -> PmiConfiguration {
    var configuration = PmiConfiguration(server: URL(string: "https://pmi.example")!)
    configuration.folders = try .appGroup("group.io.pmi.example")
    configuration.keys = .system(accessGroup: "TEAMID.io.pmi.example")
    return configuration
}
