//  What a scene's phase means for a client. Only Apple's SDKs can compile this file: it decides nothing.

#if canImport(SwiftUI)
    import SwiftUI

    extension View {
        /// Suspends `client` when the app goes to the background and resumes it when it comes back.
        ///
        /// iOS ends an app that holds a file lock while it is suspended (0xdead10cc). Put it on the root view, once:
        ///
        /// ```swift
        /// WindowGroup { RootView().suspends(client) }
        /// ```
        public func suspends(_ client: PmiClient) -> some View {
            modifier(Suspends(client: client))
        }
    }

    private struct Suspends: ViewModifier {
        let client: PmiClient
        @Environment(\.scenePhase) private var phase

        func body(content: Content) -> some View {
            content.onChange(of: phase, initial: true) { _, phase in
                switch phase {
                case .active: client.comesToFront()
                case .background: client.goesToBack()
                default: break
                }
            }
        }
    }
#endif

#if canImport(UIKit) && !os(watchOS)
    import UIKit

    extension PmiClient {
        /// Suspends within the time that iOS gives an app that goes to the background.
        @MainActor
        func goesToBack() {
            let application = UIApplication.shared
            let begun = BackgroundTime()
            begun.id = application.beginBackgroundTask(withName: "io.pmi.suspend") { begun.end() }
            Task {
                _ = try? await suspend()
                begun.end()
            }
        }
    }

    /// The time that iOS gave, given back once.
    @MainActor
    private final class BackgroundTime {
        var id = UIBackgroundTaskIdentifier.invalid

        func end() {
            guard id != .invalid else { return }
            UIApplication.shared.endBackgroundTask(id)
            id = .invalid
        }
    }
#elseif canImport(SwiftUI)
    extension PmiClient {
        /// A Mac does not suspend its apps.
        @MainActor
        func goesToBack() {}
    }
#endif

#if canImport(SwiftUI)
    extension PmiClient {
        /// Goes on. What fails shows on the screens.
        @MainActor
        func comesToFront() {
            Task { try? await resume() }
        }
    }
#endif
