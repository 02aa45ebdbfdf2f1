//  Where a person is in the app, as a value: what can be kept and brought back, and nothing else.

import Pmi

/// A part of the app, with a stack of its own.
public enum Part: String, Codable, CaseIterable, Sendable, Identifiable {
    case garage, bookings, notifications, account

    public var id: Self { self }
}

/// A screen that is opened from another.
public enum Destination: Hashable, Codable, Sendable {
    case vehicle(VehicleId)
    case book(VehicleId?)
    case move(BookingId)
    case diagnostics
}

/// Where a person is.
public struct Route: Equatable, Codable, Sendable {
    /// The part that is shown.
    public var part: Part
    /// What is open in each, the one on top last.
    private var stacks: [Part: [Destination]] = [:]

    /// At the beginning.
    public init(_ part: Part = .garage) {
        self.part = part
    }

    /// The same, for a sidebar in which nothing can be selected.
    public var selected: Part? {
        get { part }
        set { part = newValue ?? part }
    }

    /// What is open in a part.
    public subscript(_ part: Part) -> [Destination] {
        get { stacks[part] ?? [] }
        set { stacks[part] = newValue }
    }

    /// All that is open.
    var open: Set<Destination> { Set(stacks.values.joined()) }
}
