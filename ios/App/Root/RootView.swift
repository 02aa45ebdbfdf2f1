import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The app: its client being opened, open, or not to be opened.
struct RootView: View {
    @Environment(\.scenePhase) private var phase
    @SceneStorage("kept") private var kept: Data?
    let app: AppModel

    var body: some View {
        Group {
            switch app.phase {
            case .opening:
                Splash()
            case .open(let session):
                SessionView(session: session).id(session.id)
            case .failed(let error):
                DefectView(error: error)
            }
        }
        .environment(app)
        .tint(Color(\.accent))
        .preferredColorScheme(app.appearance.scheme)
        // The app switcher has a picture of the screen: nothing of a person is in it.
        .redacted(reason: phase == .active ? [] : .privacy)
        .onChange(of: phase, initial: true) { _, phase in app.isInFront = phase != .background }
        .task { await app.open(kept: kept) }
        .onChange(of: app.kept) { _, newer in kept = newer }
    }
}

/// What one open client shows: it follows who is signed in and what the system says of the device, and lets go of its files in the background.
private struct SessionView: View {
    @Environment(\.scenePhase) private var phase
    let session: AppSession

    var body: some View {
        VStack(spacing: 0) {
            if let demo = session.demo { DemoBanner(demo: demo) }
            if let welcome = session.welcome {
                StartView(session: session, welcome: welcome)
            } else {
                DefectView(error: nil)
            }
        }
        .background(Color(\.background))
        .suspends(session.itsClient)
        .onChange(of: phase) { _, phase in
            if phase == .background { PmiClient.scheduleRefresh() }
        }
        .task(id: session.id) { await session.follow() }
        .task(id: session.id) { await session.follow(DeviceConditions.ofThisDevice) }
    }
}

/// What the beginning says is to be shown first.
private struct StartView: View {
    @Environment(\.speech) private var speech
    let session: AppSession
    let welcome: Welcome

    var body: some View {
        switch welcome.start {
        case .home:
            if let home = session.home { HomeView(home: home, session: session, welcome: welcome) }
        case .welcome:
            if let entrance = session.entrance { EntranceView(entrance: entrance, session: session, welcome: welcome) }
        case .deciding:
            Blocked(title: speech(.decidingTitle), session: session, welcome: welcome)
        case .unlock:
            Blocked(title: speech(.unlockTitle), session: session, welcome: welcome)
        }
    }
}

/// It cannot be said yet who is signed in.
private struct Blocked: View {
    @Environment(\.speech) private var speech
    let title: String
    let session: AppSession
    let welcome: Welcome

    var body: some View {
        ScrollView {
            VStack(spacing: Space.l) {
                IconView(.lock, size: Size.iconLarge).foregroundStyle(Color(\.textQuiet))
                Text(title).typed(TypeScale.title).foregroundStyle(Color(\.text)).accessibilityAddTraits(.isHeader)
                if welcome.busy { ProgressView().accessibilityLabel(Text(speech(.working))) }
                MaybeProblem(problem: welcome.problem) { session.send(.tryAgain) }
            }
            .padding(Space.l)
            .frame(maxWidth: Size.column)
            .frame(maxWidth: .infinity)
        }
        .background(Color(\.background))
    }
}

/// While the files are being opened.
private struct Splash: View {
    @Environment(\.speech) private var speech

    var body: some View {
        ProgressView()
            .accessibilityLabel(Text(speech(.loading)))
            .frame(maxWidth: .infinity, maxHeight: .infinity)
            .background(Color(\.background))
    }
}
