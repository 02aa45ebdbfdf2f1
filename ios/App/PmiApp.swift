import Pmi
import PmiModels
import SwiftUI

@main
struct PmiApp: App {
    @State private var app = AppModel(links: Settings.links, configuration: Settings.configuration)

    var body: some Scene {
        WindowGroup {
            RootView(app: app)
        }
        .commands { Keyboard(app: app) }
        .backgroundTask(.appRefresh(PmiClient.refreshIdentifier)) {
            // Before anything else: a task that is ended early has still asked for the next one.
            PmiClient.scheduleRefresh()
            await app.syncInBackground()
        }
    }
}
