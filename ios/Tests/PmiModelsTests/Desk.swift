//  What the tests share: an app on a device of its own, and waiting for what its models show.

import Foundation
import Observation
import Person
import Pmi
import Testing

@testable import PmiModels

/// One app at a time in this process: each has the log.
@Suite(.serialized)
enum OneAtATime {}

/// A device with the app on it.
@MainActor
final class Phone {
    let device: Device
    let app: AppModel
    private var following: [Task<Void, Never>] = []

    /// The app, opened as its first view opens it.
    init(_ server: URL, _ device: Device = Device(), kept: Data? = nil) async throws {
        self.device = device
        app = AppModel(opening: { () throws(PmiError) in try device.open(server) })
        await app.open(kept: kept)
        follow(try required(app.session, "open session"))
    }

    /// An app that has no server yet.
    init(opening: @escaping @Sendable () throws(PmiError) -> PmiClient) {
        device = Device()
        app = AppModel(opening: opening)
    }

    /// What the root view does while it is shown.
    func follow(_ session: AppSession) {
        following.append(Task { await session.follow() })
    }

    /// What the view of a screen does while it is shown.
    func shows<Record, Intent>(_ model: ScreenModel<Record, Intent>) {
        following.append(Task { await model.follow() })
    }

    /// Signs in as the entrance's view does, and gives what is shown then.
    func signIn(_ email: String, _ password: String) async throws -> Home {
        let session = try required(app.session, "open session")
        let entrance = try await entrance()
        entrance.path = [.signIn]
        let form = entrance.signIn()
        shows(form)
        form.send(.email(text: email))
        form.send(.password(text: password))
        form.send(.submit)
        try await until("home") { session.home != nil }
        let home = try required(session.home, "home")
        shows(home.garage)
        shows(home.bookings)
        shows(home.notifications)
        shows(home.account)
        return home
    }

    /// What somebody sees who is not signed in.
    func entrance() async throws -> Entrance {
        let session = try required(app.session, "open session")
        try await until("entrance") { session.entrance != nil }
        return try required(session.entrance, "entrance")
    }

    deinit {
        following.forEach { $0.cancel() }
    }
}

/// Waits until this holds, which may be asked of the server, and says what did not come in time.
@MainActor
func until(_ what: String, line: Int = #line, _ holds: @MainActor () async throws -> Bool) async throws {
    for _ in 0..<3000 {
        if try await holds() { return }
        try await Task.sleep(for: .milliseconds(10))
    }
    throw Missing("\(what) in time (line \(line))")
}
