//  iOS's background app refresh. Only Apple's SDKs can compile this file: what a synchronisation comes to is decided in `BackgroundSync`.

#if canImport(BackgroundTasks) && !os(macOS)
    import BackgroundTasks
    import SwiftUI

    extension Scene {
        /// Sends what waits and reads ahead when iOS grants the app a moment in the background.
        ///
        /// Name the same identifier under `BGTaskSchedulerPermittedIdentifiers` in `Info.plist`, add the background mode `fetch`, and call
        /// ``PmiClient/scheduleRefresh(_:after:)`` whenever the app goes to the background.
        ///
        /// ```swift
        /// WindowGroup { RootView() }.refreshes(client)
        /// ```
        public func refreshes(_ client: PmiClient, _ identifier: String = PmiClient.refreshIdentifier) -> some Scene {
            backgroundTask(.appRefresh(identifier)) {
                // Before anything else: a task that is ended early has still asked for the next one.
                PmiClient.scheduleRefresh(identifier)
                _ = await client.backgroundSync()
            }
        }
    }

    extension PmiClient {
        /// What the refresh is called unless an app says otherwise.
        public static let refreshIdentifier = "io.pmi.refresh"

        /// Asks iOS for a moment in the background, not before `seconds` are over. When, and whether, is iOS's to say.
        public static func scheduleRefresh(_ identifier: String = refreshIdentifier, after seconds: TimeInterval = 15 * 60) {
            let request = BGAppRefreshTaskRequest(identifier: identifier)
            request.earliestBeginDate = Date(timeIntervalSinceNow: seconds)
            // Refused in the simulator and where the person switched it off: then the app syncs when it is opened.
            try? BGTaskScheduler.shared.submit(request)
        }
    }
#endif
