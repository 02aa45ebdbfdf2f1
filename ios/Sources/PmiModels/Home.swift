//  What one person who is signed in sees. Promised: it lives as long as their session, and nothing of it is there for the next (scenario 26);
//  a screen is open as long as it is on a stack.

import Observation
import Pmi

// What is public here is made of records: the compiler wants to see where these are said to be `Sendable`.
import struct PmiGenerated.LogLine

/// One person's screens, and where they are.
@MainActor
@Observable
public final class Home {
    public let garage: ScreenModel<Garage, GarageIntent>
    public let bookings: ScreenModel<Bookings, BookingsIntent>
    public let notifications: ScreenModel<Notifications, NotificationsIntent>
    public let account: ScreenModel<Account, AccountIntent>

    /// Where the person is.
    public var route: Route {
        didSet { closeWhatIsLeft() }
    }

    /// What was booked last, to be said until the person has seen it.
    public var accepted: AcceptedBooking?

    @ObservationIgnored private let client: PmiClient
    @ObservationIgnored private var vehicles: [Destination: ScreenModel<VehiclePage, VehicleIntent>] = [:]
    @ObservationIgnored private var forms: [Destination: BookModel] = [:]
    @ObservationIgnored private var diagnosis: ScreenModel<Diagnostics, DiagnosticsIntent>?

    init(_ client: PmiClient, _ route: Route = Route()) {
        self.client = client
        self.route = route
        garage = ScreenModel(client.garage())
        bookings = ScreenModel(client.bookings())
        notifications = ScreenModel(client.notifications())
        account = ScreenModel(client.account())
    }

    /// Opens a screen on top of what is shown.
    public func open(_ destination: Destination) {
        route[route.part].append(destination)
    }

    /// Shows a part as it was left.
    public func show(_ part: Part) {
        route.part = part
    }

    /// Leaves the form: its booking was accepted, and is shown among the others.
    public func leave(_ form: Destination, _ accepted: AcceptedBooking) {
        for part in Part.allCases { route[part].removeAll { $0 == form } }
        route.part = .bookings
        self.accepted = accepted
    }

    /// How many things wait in a part, for the sign on its tab.
    public func count(of part: Part) -> Int {
        switch part {
        case .garage, .account: 0
        case .bookings: Int(garage.record?.attention ?? 0)
        case .notifications: Int(notifications.record?.unread ?? 0)
        }
    }

    /// The screen of a vehicle.
    public func vehicle(_ id: VehicleId) -> ScreenModel<VehiclePage, VehicleIntent> {
        let destination = Destination.vehicle(id)
        if let open = vehicles[destination] { return open }
        let model = ScreenModel(client.vehicle(id: id))
        vehicles[destination] = model
        return model
    }

    /// The form to book for a vehicle, or for one that is chosen there.
    public func booking(for vehicle: VehicleId?) -> BookModel {
        form(.book(vehicle)) { client.book(vehicle: vehicle) }
    }

    /// The form that gives a booking another time.
    public func moving(_ booking: BookingId) -> BookModel {
        form(.move(booking)) { client.moveBooking(booking) }
    }

    /// Why things are as they are.
    public func diagnostics() -> ScreenModel<Diagnostics, DiagnosticsIntent> {
        if let diagnosis { return diagnosis }
        let model = ScreenModel(client.diagnostics())
        diagnosis = model
        return model
    }

    private func form(_ destination: Destination, _ screen: () -> Screen<Book, BookIntent>) -> BookModel {
        if let open = forms[destination] { return open }
        let model = BookModel(screen())
        forms[destination] = model
        return model
    }

    private func closeWhatIsLeft() {
        let open = route.open
        vehicles = vehicles.filter { open.contains($0.key) }
        forms = forms.filter { open.contains($0.key) }
        if !open.contains(.diagnostics) { diagnosis = nil }
    }
}
