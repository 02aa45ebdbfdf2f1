//  A server in this process, with names as Swift has them.

import PmiGenerated

/// A server in this process: one customer with vehicles, bookings and notifications. What is done there lasts as long as it.
///
/// For previews, demonstrations and an app's own tests:
///
/// ```swift
/// let server = MemoryServer()
/// let client = try PmiClient(inMemory: server)
/// server.set(.offline)
/// ```
public final class MemoryServer: Sendable {
    let core: PmiGenerated.MemoryServer

    /// A server without faults, and with so many vehicles: 999 at most.
    public init(vehicles: Int = 3) {
        core = .init(vehicles: UInt32(clamping: vehicles))
    }

    /// Whom it lets sign in.
    public var email: String { core.email() }

    /// With which password.
    public var password: String { core.password() }

    /// Switches a fault on or off, for the next request on.
    public func set(_ fault: MemoryFault, on: Bool = true) {
        core.setFault(fault: fault, on: on)
    }
}
