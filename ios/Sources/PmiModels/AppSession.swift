//  One open client: who is signed in is the core's to say, and what is shown follows from it.

import Foundation
import Observation
import Pmi

/// One open client, and what it shows.
@MainActor
@Observable
public final class AppSession: Identifiable {
    /// Where the app begins. `nil` after a defect of the core.
    public private(set) var welcome: Welcome?
    /// What somebody sees who is not signed in.
    public private(set) var entrance: Entrance?
    /// What the person sees who is.
    public private(set) var home: Home?
    /// The server in this process, while the app is shown around.
    public let demo: Demo?

    @ObservationIgnored let client: PmiClient
    @ObservationIgnored private let screen: Screen<Welcome, WelcomeIntent>
    // Taken up only by an app that begins as it was left: what A left is not B's to see.
    @ObservationIgnored private var kept = Kept()

    init(_ client: PmiClient, demo: Demo? = nil) {
        self.client = client
        self.demo = demo
        screen = client.welcome()
        show(try? screen.now)
    }

    /// Begins as it was left, before anybody sees it.
    func takeUp(_ kept: Kept) {
        (self.kept, home, entrance) = (kept, nil, nil)
        show(welcome)
    }

    /// For the helpers of the bindings, which suspend it and resume it.
    public var itsClient: PmiClient { client }

    /// Follows who is signed in, until the `Task` is cancelled or the client is closed.
    public func follow() async {
        for await record in screen.records { show(record) }
    }

    /// Follows what the system says of the device.
    public func follow(_ conditions: AsyncStream<DeviceConditions>) async {
        for await now in conditions {
            client.setNetwork(up: now.network)
            client.setConditions(dataSaver: now.dataSaver, lowBattery: now.lowBattery)
        }
    }

    /// Says what the person did at the beginning.
    public func send(_ intent: WelcomeIntent) {
        screen.send(intent)
        show((try? screen.now) ?? welcome)
    }

    private func show(_ record: Welcome?) {
        welcome = record
        switch record?.start {
        case .home:
            entrance = nil
            if home == nil { home = Home(client, kept.home ?? Home.Kept()) }
            kept = Kept()
        case .welcome:
            home = nil
            if entrance == nil { entrance = Entrance(client, kept.entrance ?? Entrance.Kept()) }
            kept = Kept()
        case .deciding, .unlock, nil:
            break
        }
    }
}

/// A server in this process, which shows the app to somebody who has none.
@MainActor
@Observable
public final class Demo {
    private var faults: Set<MemoryFault> = []
    @ObservationIgnored let server: MemoryServer

    init() {
        server = MemoryServer(vehicles: 4)
    }

    /// Whether this goes wrong, as it does with a phone's network.
    public subscript(_ fault: MemoryFault) -> Bool {
        get { faults.contains(fault) }
        set {
            server.set(fault, on: newValue)
            if newValue { faults.insert(fault) } else { faults.remove(fault) }
        }
    }
}
