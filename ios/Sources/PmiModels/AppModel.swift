//  The app: its one client, and what is done when there is none.
//
//  Promised: whatever keeps the client from opening, and every defect, has a place that shows it, can report it and goes on. The server in this
//  process and the real one are never open at once. Not promised: anything about what a screen shows, which is the core's.

import Foundation
import Observation
import Pmi

/// The app.
@MainActor
@Observable
public final class AppModel {
    /// How it stands.
    public enum Phase {
        /// The client is being opened.
        case opening
        /// It is open.
        case open(AppSession)
        /// It could not be opened: the problem, with its one remedy where the core names one.
        case failed(PmiError)
    }

    /// How it stands.
    public private(set) var phase = Phase.opening
    /// What the core said of itself last: no secret, and nothing about a person.
    @ObservationIgnored public let log: LogBook
    /// Where remedies lead outside the app.
    @ObservationIgnored public let links: AppLinks
    /// Whether the app is in front, or becoming so: what the system says of its scene.
    @ObservationIgnored public var isInFront = false
    /// Light, dark, or as the device is: what the person chose last on this device.
    public var appearance: Appearance {
        didSet { defaults.set(appearance.rawValue, forKey: Appearance.key) }
    }

    @ObservationIgnored private let opened: @Sendable () throws(PmiError) -> PmiClient
    @ObservationIgnored private let demoOpened: @Sendable (MemoryServer) throws(PmiError) -> PmiClient
    @ObservationIgnored private let defaults: UserDefaults
    @ObservationIgnored private var opening: Task<Void, Never>?
    @ObservationIgnored private var isUnseen = false

    /// An app with a client of this configuration. Nothing is opened yet.
    public convenience init(
        links: AppLinks, configuration: @escaping @Sendable () throws(PmiError) -> PmiConfiguration
    ) {
        self.init(links: links, opening: { () throws(PmiError) in try PmiClient(configuration()) })
    }

    init(
        links: AppLinks = AppLinks(),
        defaults: UserDefaults = .standard,
        opening opened: @escaping @Sendable () throws(PmiError) -> PmiClient,
        demo: @escaping @Sendable (MemoryServer) throws(PmiError) -> PmiClient = { server throws(PmiError) in
            try PmiClient(inMemory: server)
        }
    ) {
        self.links = links
        self.defaults = defaults
        appearance = defaults.string(forKey: Appearance.key).flatMap(Appearance.init) ?? .system
        self.opened = opened
        demoOpened = demo
        log = LogBook()
    }

    /// Opens the client, unless there is one; `kept` is what was kept when the app last ran.
    public func open(kept: Data? = nil) async {
        await openOnce()
        // It may have been open for a background task, which nobody saw.
        guard isUnseen else { return }
        isUnseen = false
        session?.takeUp(kept.flatMap(Kept.init) ?? Kept())
    }

    /// Begins anew, with the real client: after a defect, after what could not be opened, and at the end of the demonstration.
    public func restart() async {
        close()
        await open()
    }

    /// Shows the whole app with a server in this process: nothing is sent anywhere, and nothing is left of it. One that is shown
    /// already goes on after its session has ended.
    public func showAround() async {
        if session?.demo == nil {
            close()
            let (demo, demoOpened) = (Demo(), demoOpened)
            let server = demo.server
            await take(demo: demo) { () throws(PmiError) in try demoOpened(server) }
        }
        guard let session, let demo = session.demo else { return }
        demo[.expiredSession] = false
        let form = session.client.signIn()
        form.send(.email(text: demo.server.email))
        form.send(.password(text: demo.server.password))
        form.send(.submit)
        for await record in form.records where record.done || record.problem != nil { break }
    }

    /// The open one.
    public var session: AppSession? {
        guard case .open(let session) = phase else { return nil }
        return session
    }

    /// What a background task does: sends what waits and reads ahead. The app may have been started for it alone. It holds no file when
    /// it is over, also when the system takes the time back, which cancels the `Task`: unless the app is in front by then.
    @discardableResult
    public func syncInBackground() async -> PmiClient.BackgroundSync {
        await openOnce(unseen: true)
        guard let session, session.demo == nil else { return .done }
        let done = await session.client.backgroundSync()
        if Task.isCancelled && !isInFront { await letGo(session.client) }
        return done
    }

    /// Takes the step of a remedy; `retry` asks again what was asked, `leave` opens what is outside the app.
    public func take(_ step: RemedyStep, retry: () -> Void, leave: (URL) -> Void) async {
        switch step {
        case .nothing, .wait: break
        case .retry: retry()
        case .signIn: session?.entrance?.goToSignIn()
        case .open(let url): leave(url)
        case .restart: await restart()
        }
    }

    /// What is kept while the app does not run: where the person is, and what they typed that is no secret.
    public var kept: Data? {
        guard let session, session.demo == nil else { return nil }
        return Kept(home: session.home?.kept, entrance: session.entrance?.kept).encoded
    }

    /// In a `Task` of its own: one that is cancelled begins nothing any more.
    private func letGo(_ client: PmiClient) async {
        await Task { _ = try? await client.suspend(within: .seconds(1)) }.value
    }

    /// A scene and a background task may both want it, at once.
    private func openOnce(unseen: Bool = false) async {
        if let opening { return await opening.value }
        guard case .opening = phase else { return }
        let opened = opened
        let task = Task {
            await take(demo: nil) { () throws(PmiError) in try opened() }
            // No view is there that would let go of the files; one that comes has it resumed. Before anybody uses it: whoever did
            // would be cut short.
            if unseen, let session { await letGo(session.client) }
        }
        (opening, isUnseen) = (task, true)
        await task.value
        opening = nil
    }

    private func close() {
        session?.client.close()
        phase = .opening
    }

    private func take(demo: Demo?, _ opened: @escaping @Sendable () throws(PmiError) -> PmiClient) async {
        let result = await Task.detached { () -> Result<PmiClient, PmiError> in
            do throws(PmiError) {
                return .success(try opened())
            } catch {
                return .failure(error)
            }
        }.value
        switch result {
        case .success(let client): phase = .open(AppSession(client, demo: demo))
        case .failure(let error): phase = .failed(error)
        }
    }
}
