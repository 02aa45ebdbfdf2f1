//  A screen: what it shows now and from now on, and what the person does there.

import PmiGenerated

/// One open screen: the record of all it shows, and a way to say what the person does.
///
/// It is open until it is dropped. What a person has begun on it (a sign-in, a booking) goes on then; what it looked at does not.
///
/// ```swift
/// let garage = client.garage()
/// for await record in garage.records { draw(record) }
/// ```
public struct Screen<Record: Sendable & Equatable, Intent: Sendable>: Sendable {
    private let core: any ScreenObject<Record, Intent>
    // A client that nobody holds any more closes; whoever looks at a screen holds it.
    private let client: PmiClient

    init(_ core: any ScreenObject<Record, Intent>, of client: PmiClient) {
        self.core = core
        self.client = client
    }

    /// What it shows now.
    ///
    /// - Throws: ``PmiError/internal(reason:)`` after a defect of this library: then there is nothing to show.
    public var now: Record {
        get throws(PmiError) {
            do {
                return try core.now()
            } catch {
                throw PmiError(error)
            }
        }
    }

    /// What it shows: the present record first, then the one after each change.
    public var records: Records<Record> { Records(client: client, source: core) }

    /// Says what the person did. Returns at once; what comes of it is in the records. Nothing comes of it once the client is closed.
    public func send(_ intent: Intent) {
        core.send(intent: intent)
    }
}

/// What every generated screen is.
protocol ScreenObject<Record, Intent>: WatchSource where Record: Equatable {
    associatedtype Intent: Sendable
    associatedtype Watch: WatchObject<Record>

    func now() throws -> Record
    func watch() -> Watch
    func send(intent: Intent)
}

extension ScreenObject {
    func watching() -> any WatchObject<Record> { watch() }
}
