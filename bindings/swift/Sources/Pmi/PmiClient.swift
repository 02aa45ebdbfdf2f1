//  The client. Promised: no logic, only Swift's own forms of what the core has; after `close` every call throws `closed`, and every
//  sequence has ended.

import Foundation
import PmiGenerated

/// A client of one server. Open one for the whole app, and close it when the app ends.
///
/// ```swift
/// let client = try PmiClient(PmiConfiguration(server: URL(string: "https://pmi.example")!))
/// ```
public final class PmiClient: Sendable {
    let core: PmiGenerated.PmiClient

    /// Opens the client's files and nothing else: no network, no keychain, a few milliseconds.
    ///
    /// - Throws: ``PmiError/invalidInput(field:reason:)``, ``PmiError/storage(reason:)``.
    public init(_ configuration: PmiConfiguration) throws(PmiError) {
        do {
            core = try PmiGenerated.PmiClient.open(config: configuration.lowered())
        } catch {
            throw PmiError(error)
        }
    }

    /// A client of a server that is in this process, for previews, demonstrations and an app's own tests: the whole core, without a network
    /// and without a trace. It works in a folder of its own in `temporaryFolder`, which goes with it.
    ///
    /// - Throws: ``PmiError/storage(reason:)``.
    public init(
        inMemory server: MemoryServer, temporaryFolder: URL = FileManager.default.temporaryDirectory
    ) throws(PmiError) {
        do {
            core = try PmiGenerated.PmiClient.inMemory(server: server.core, temporaryDir: temporaryFolder.path)
        } catch {
            throw PmiError(error)
        }
    }

    deinit {
        core.close()
    }

    /// What the system says of the network: `false` is believed, `true` has what waits tried at once.
    public func setNetwork(up: Bool) {
        core.setNetwork(up: up)
    }

    /// What the app knows of the device: whether the person wishes to save data, and whether the battery is low. Nothing is held back until
    /// it is said.
    public func setConditions(dataSaver: Bool, lowBattery: Bool) {
        core.setConditions(dataSaver: dataSaver, lowBattery: lowBattery)
    }

    /// Where the session stands now.
    public var session: SessionState { core.session() }

    /// Where the session stands: now, and after each change.
    public var sessions: Records<SessionState> { Records(client: self, source: core) }

    /// What the server can do. Screens obey it by themselves; an app may ask to leave a menu out.
    public func capabilities() async throws(PmiError) -> Capabilities {
        try await waiting(for: { [core] in try await core.capabilities() })
    }

    /// Signs out on this device, network or not: tokens, keys and everything read before are gone when it returns.
    ///
    /// - Parameter unsent: What is to become of changes that were not sent yet. By default the person is asked: it throws
    ///   ``PmiError/unsent(count:)`` if there are any, and nothing was done.
    /// - Returns: Whether the server heard of it.
    @discardableResult
    public func signOut(_ unsent: Unsent = .ask) async throws(PmiError) -> Bool {
        try await waiting(for: { [core] in try await core.signOut(unsent: unsent) })
    }

    /// For a background task that has so long: sends what is to be sent and reads ahead what a person will look at next.
    ///
    /// It works while the client is suspended too. That the network or the server kept it from that is in the report.
    public func sync(within limit: Duration = .seconds(25)) async throws(PmiError) -> SyncReport {
        try await waiting(for: { [core] in try await core.sync(deadline: limit.timeInterval) })
    }

    /// Holds no file, lock or connection any more until ``resume()``: before iOS suspends the app.
    ///
    /// What runs has `limit` to end, and loses nothing if it does not.
    @discardableResult
    public func suspend(within limit: Duration = .seconds(3)) async throws(PmiError) -> SuspendReport {
        try await waiting(for: { [core] in try await core.suspend(deadline: limit.timeInterval) })
    }

    /// Goes on after ``suspend(within:)``.
    public func resume() async throws(PmiError) {
        try await waiting(for: { [core] in try await core.resume() })
    }

    /// Ends everything: every call from now on throws ``PmiError/closed``, every sequence ends. Twice is no error.
    public func close() {
        core.close()
    }
}

extension Duration {
    var timeInterval: TimeInterval {
        TimeInterval(components.seconds) + TimeInterval(components.attoseconds) / 1e18
    }
}
