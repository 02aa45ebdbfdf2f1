//  A screen for SwiftUI's observation: the views that read its record are drawn again when it changes, and no others.

import Observation

/// An open screen whose record SwiftUI observes.
///
/// ```swift
/// @State private var garage = ScreenModel(client.garage())
///
/// var body: some View {
///     List(garage.record?.vehicles ?? []) { vehicle in Text(vehicle.name) }
///         .refreshable { await garage.send(.refresh) { !$0.standing.refreshing } }
///         .task { await garage.follow() }
/// }
/// ```
@MainActor
@Observable
public final class ScreenModel<Record: Sendable & Equatable, Intent: Sendable> {
    /// What the screen shows: from the beginning on, and followed while ``follow()`` runs. `nil` after a defect of this library.
    public private(set) var record: Record?

    @ObservationIgnored private let screen: Screen<Record, Intent>

    /// Takes over what the screen shows now.
    public init(_ screen: Screen<Record, Intent>) {
        self.screen = screen
        record = try? screen.now
    }

    /// Follows the screen until the `Task` is cancelled or the client is closed.
    public func follow() async {
        // What came may be older by now than what `send` has shown.
        for await record in screen.records { self.record = (try? screen.now) ?? record }
    }

    /// Says what the person did. Returns at once; what comes of it is in the record, and what was typed is there already: a field that is
    /// bound to the record never shows for a moment what it showed before.
    public func send(_ intent: Intent) {
        screen.send(intent)
        record = (try? screen.now) ?? record
    }

    /// ``send(_:)``, and returns when the record shows what came of it, the `Task` is cancelled or the client is closed: for `refreshable`,
    /// whose sign stays as long as its action.
    public func send(_ intent: Intent, until shows: (Record) -> Bool) async {
        send(intent)
        for await newer in screen.records {
            let newest = (try? screen.now) ?? newer
            record = newest
            if shows(newest) { return }
        }
    }
}
