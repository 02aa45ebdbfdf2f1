import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What somebody sees who is signed in: tabs on a phone, a sidebar where there is room.
struct HomeView: View {
    @Environment(\.horizontalSizeClass) private var width
    @Bindable var home: Home
    let session: AppSession
    let welcome: Welcome

    var body: some View {
        Group {
            if width == .regular {
                Sidebar(home: home)
            } else {
                Tabs(home: home)
            }
        }
        .safeAreaInset(edge: .top, spacing: 0) { Banner(session: session, welcome: welcome) }
        // What the signs on the tabs count.
        .task(id: ObjectIdentifier(home)) { await home.notifications.follow() }
        .task(id: ObjectIdentifier(home)) { await home.garage.follow() }
    }
}

private struct Tabs: View {
    @Environment(\.speech) private var speech
    @Bindable var home: Home

    var body: some View {
        TabView(selection: $home.route.part) {
            ForEach(Part.allCases) { part in
                PartView(home: home, part: part)
                    .tabItem {
                        Image(uiImage: part.icon.image)
                        Text(part.title(speech))
                    }
                    .badge(home.count(of: part))
                    .tag(part)
            }
        }
    }
}

private struct Sidebar: View {
    @Environment(\.speech) private var speech
    @Bindable var home: Home

    var body: some View {
        NavigationSplitView {
            List(Part.allCases, selection: $home.route.selected) { part in
                IconLine(part.icon, part.title(speech), ink: Color(\.text)).badge(home.count(of: part)).tag(part)
            }
            .navigationTitle(speech(.appName))
        } detail: {
            PartView(home: home, part: home.route.part).id(home.route.part)
        }
    }
}

/// A part of the app, and what is open in it.
private struct PartView: View {
    @Bindable var home: Home
    let part: Part

    var body: some View {
        NavigationStack(path: $home.route[part]) {
            Group {
                switch part {
                case .garage: GarageView(home: home)
                case .bookings: BookingsView(home: home)
                case .notifications: NotificationsView(home: home)
                case .account: AccountView(home: home)
                }
            }
            .navigationDestination(for: Destination.self) { destination in
                DestinationView(home: home, destination: destination)
            }
        }
    }
}

private struct DestinationView: View {
    let home: Home
    let destination: Destination

    var body: some View {
        switch destination {
        case .vehicle(let id): VehicleView(home: home, model: home.vehicle(id), id: id)
        case .book(let vehicle): BookView(home: home, form: home.booking(for: vehicle), destination: destination)
        case .move(let booking): BookView(home: home, form: home.moving(booking), destination: destination)
        case .diagnostics: DiagnosticsView(model: home.diagnostics())
        }
    }
}

/// What the beginning says above everything: the server is out of reach, something was saved of a damaged file.
struct Banner: View {
    @Environment(\.speech) private var speech
    let session: AppSession
    let welcome: Welcome

    var body: some View {
        VStack(spacing: Space.s) {
            if let banner = welcome.banner {
                IconLine(.offline, speech(banner.text))
                    .padding(Space.s)
                    .frame(maxWidth: .infinity)
                    .background(Color(\.neutralSoft))
            }
            if let salvaged = welcome.salvaged {
                SalvageCard(salvaged: salvaged) { session.send(.salvageSeen) }.padding(.horizontal, Space.m)
            }
        }
    }
}

/// What became of a damaged file.
private struct SalvageCard: View {
    @Environment(\.speech) private var speech
    let salvaged: Salvaged
    let seen: @MainActor () -> Void

    var body: some View {
        Card {
            Text(speech(.welcomeSalvageTitle)).typed(TypeScale.heading).foregroundStyle(Color(\.text))
            ForEach(Array(salvaged.lines.enumerated()), id: \.offset) { line in
                Text(speech(line.element)).typed(TypeScale.body).foregroundStyle(Color(\.text))
            }
            Text(speech(.welcomeSalvageFound, speech(salvaged.at))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            SideButton(speech(.welcomeSalvageSeen), action: seen)
        }
    }
}

extension Part {
    var icon: Icon {
        switch self {
        case .garage: .garage
        case .bookings: .calendar
        case .notifications: .bell
        case .account: .person
        }
    }

    func title(_ speech: Speech) -> String {
        switch self {
        case .garage: speech(.tabGarage)
        case .bookings: speech(.tabBookings)
        case .notifications: speech(.tabNotifications)
        case .account: speech(.tabAccount)
        }
    }
}
