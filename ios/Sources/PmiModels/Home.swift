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
    /// Whether a vehicle is being added.
    public var isAdding = false

    @ObservationIgnored private let client: PmiClient
    @ObservationIgnored private var vehicles: [Destination: ScreenModel<VehiclePage, VehicleIntent>] = [:]
    @ObservationIgnored private var forms: [Destination: BookModel] = [:]
    @ObservationIgnored private var diagnosis: ScreenModel<Diagnostics, DiagnosticsIntent>?
    // Of forms that were open when the app last ran, until they are opened again.
    @ObservationIgnored private var drafts: [Destination: String]

    init(_ client: PmiClient, _ kept: Kept = Kept()) {
        self.client = client
        route = kept.route
        drafts = kept.drafts
        isAdding = kept.vin != nil
        garage = ScreenModel(client.garage())
        bookings = ScreenModel(client.bookings())
        notifications = ScreenModel(client.notifications())
        account = ScreenModel(client.account())
        if let vin = kept.vin { garage.send(.vin(text: vin)) }
    }

    /// What is kept of it while the app does not run.
    struct Kept: Codable {
        var route = Route()
        var drafts: [Destination: String] = [:]
        /// The number of a vehicle that is being added.
        var vin: String?
    }

    var kept: Kept {
        let filled = forms.compactMapValues { $0.screen.record?.draft.text }
        return Kept(
            route: route, drafts: drafts.merging(filled) { _, newer in newer },
            vin: isAdding ? garage.record?.add.vin.value : nil)
    }

    /// Opens a screen on top of what is shown.
    public func open(_ destination: Destination) {
        route[route.part].append(destination)
    }

    /// Shows a part as it was left.
    public func show(_ part: Part) {
        route.part = part
    }

    /// Asks the server now for what is shown: what a pull does, for a keyboard.
    public func refresh() {
        switch route[route.part].last {
        case .vehicle(let id): vehicle(id).send(.refresh)
        case .book(let vehicle): booking(for: vehicle).screen.send(.refresh)
        case .move(let booking): moving(booking).screen.send(.refresh)
        case .diagnostics: diagnostics().send(.refresh)
        case nil:
            switch route.part {
            case .garage: garage.send(.refresh)
            case .bookings: bookings.send(.refresh)
            case .notifications: notifications.send(.refresh)
            case .account: account.send(.refresh)
            }
        }
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
        case .bookings: Int(garage.record?.attention?.count ?? 0)
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
        let model = BookModel(screen(), drafts.removeValue(forKey: destination))
        forms[destination] = model
        return model
    }

    private func closeWhatIsLeft() {
        let open = route.open
        vehicles = vehicles.filter { open.contains($0.key) }
        forms = forms.filter { open.contains($0.key) }
        drafts = drafts.filter { open.contains($0.key) }
        if !open.contains(.diagnostics) { diagnosis = nil }
    }
}
