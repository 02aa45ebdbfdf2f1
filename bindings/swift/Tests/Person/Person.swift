//  What a person does, through the screens alone: for the tests, and for the process that one of them kills.

import Foundation
import Pmi

/// What should have been there, and was not.
package struct Missing: Error, CustomStringConvertible {
    package let description: String

    package init(_ what: String) { description = "there is no \(what)" }
}

package func required<Value>(_ value: Value?, _ what: String) throws -> Value {
    guard let value else { throw Missing(what) }
    return value
}

/// A folder of a device; it outlives the clients on it.
package struct Device: Sendable {
    package let folder: URL

    package init(
        _ folder: URL = FileManager.default.temporaryDirectory.appendingPathComponent("pmi-swift-\(UUID().uuidString)")
    ) {
        self.folder = folder
    }

    /// A client on this device, as a new process would open it.
    package func open(_ server: URL, app: PmiApp? = nil) throws(PmiError) -> PmiClient {
        try PmiClient(
            PmiConfiguration(
                server: server,
                app: app,
                folders: PmiFolders(
                    data: folder.appendingPathComponent("data"), caches: folder.appendingPathComponent("cache")),
                keys: .file(folder.appendingPathComponent("keys"))))
    }
}

extension Records {
    /// The first record of this kind. What does not come in time would otherwise hold up the run without a word.
    package func until(_ fits: @escaping @Sendable (Record) -> Bool, line: Int = #line) async throws -> Record {
        let watching = Task { () -> Record? in
            for await record in self where fits(record) { return record }
            return nil
        }
        let patience = Task {
            try await Task.sleep(for: .seconds(30))
            watching.cancel()
        }
        defer { patience.cancel() }
        let found = await withTaskCancellationHandler { await watching.value } onCancel: { watching.cancel() }
        return try required(found, "such \(Record.self) in time (line \(line))")
    }
}

extension Standing {
    /// Whether all that will come is there.
    package var isSettled: Bool { (phase == .shown || phase == .empty) && !refreshing }
}

extension Screen where Record == SignIn, Intent == SignInIntent {
    /// Fills the form in and sends it.
    package func submit(_ email: String, _ password: String) {
        send(.email(text: email))
        send(.password(text: password))
        send(.submit)
    }
}

extension PmiClient {
    /// Signs in through the screen.
    @discardableResult
    package func signIn(_ email: String, _ password: String) async throws -> SignIn {
        let screen = signIn()
        screen.submit(email, password)
        return try await screen.records.until { $0.done || $0.problem != nil }
    }

    /// The garage with its vehicles.
    package func shownGarage() async throws -> Garage {
        let screen = garage()
        screen.send(.refresh)
        return try await screen.records.until { $0.standing.phase == .shown && !$0.standing.refreshing }
    }

    /// Books a service of the first vehicle at this hour, some days ahead.
    @discardableResult
    package func book(at hour: UInt8) async throws -> AcceptedBooking {
        let form = book()
        let shown = try await form.records.until { $0.standing.phase == .shown && $0.canSubmit }
        form.send(.vehicle(id: try required(shown.vehicles.first, "vehicle").id))
        form.send(.service(word: try required(shown.services.dropFirst().first, "second service").word))
        return try await form.submit(at: hour)
    }

    /// Gives a booking another hour.
    @discardableResult
    package func move(_ booking: BookingId, to hour: UInt8) async throws -> AcceptedBooking {
        let form = moveBooking(booking)
        _ = try await form.records.until { $0.canSubmit }
        return try await form.submit(at: hour)
    }
}

extension Screen where Record == Book, Intent == BookIntent {
    /// Chooses centre, day and time as the form asks for them, and sends it.
    func submit(at hour: UInt8) async throws -> AcceptedBooking {
        let asked = try await records.until { $0.typeTime || $0.chooseCenter || $0.moving != nil }
        if let center = asked.centers.first { send(.center(id: center.id)) }
        send(.day(day: try asked.firstDay.later(by: 5)))
        @Sendable func slot(_ form: Book) -> BookSlot? {
            form.slots?.free.first { $0.at.hour == hour && $0.at.minute == 0 }
        }
        let timed = try await records.until { $0.day != nil && ($0.typeTime || slot($0) != nil) }
        if let slot = slot(timed) {
            send(.slot(at: slot.at))
        } else {
            send(.time(time: TimeOfDay(hour: hour, minute: 0)))
        }
        send(.submit)
        let sent = try await records.until { !$0.busy && ($0.accepted != nil || $0.problem != nil) }
        return try required(sent.accepted, "acceptance, but \(String(describing: sent.problem))")
    }
}

extension Day {
    func later(by days: Int) throws -> Day {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try required(TimeZone(identifier: "UTC"), "UTC")
        let own = DateComponents(year: Int(year), month: Int(month), day: Int(day))
        let date = try required(calendar.date(from: own), "such day")
        let later = try required(calendar.date(byAdding: .day, value: days, to: date), "later day")
        let parts = calendar.dateComponents([.year, .month, .day], from: later)
        return Day(year: Int16(parts.year!), month: UInt8(parts.month!), day: UInt8(parts.day!))
    }
}
