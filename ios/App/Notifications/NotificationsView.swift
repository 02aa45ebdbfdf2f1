import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What the platform told the person, by day.
struct NotificationsView: View {
    @Environment(\.speech) private var speech
    let home: Home

    var body: some View {
        ScreenHost(home.notifications) { list in
            Page(speech(.notificationsTitle), refresh: refresh) {
                MaybeProblem(problem: list.problem) { home.notifications.send(.tryAgain) }
                Stand(standing: list.standing) {
                    home.notifications.send(.refresh)
                } content: {
                    if list.unread > 0 { IconLine(.bell, speech(.unread, list.unread)) }
                    LazyVStack(alignment: .leading, spacing: Space.m) {
                        ForEach(list.days(in: .ofDays)) { day in
                            Heading(day.day.map(speech.day) ?? speech(.noDate))
                            ForEach(day.rows) { row in NotificationCard(home: home, row: row) }
                        }
                    }
                } nothing: {
                    Empty(icon: .bell, title: speech(.notificationsEmptyTitle), text: speech(.notificationsEmptyBody)) {
                        EmptyView()
                    }
                }
            }
            .toolbar {
                ToolbarItem(placement: .primaryAction) {
                    if list.canMarkAll {
                        Button { home.notifications.send(.markAllRead) } label: { IconView(.check) }
                            .accessibilityLabel(Text(speech(.notificationsMarkAll)))
                    }
                }
            }
        }
    }

    private var refresh: @Sendable () async -> Void {
        { [list = home.notifications] in await list.send(.refresh) { !$0.standing.refreshing } }
    }
}

/// One notification. Opening it marks it as read.
private struct NotificationCard: View {
    @Environment(\.speech) private var speech
    let home: Home
    let row: NotificationRow

    var body: some View {
        Card {
            Button { home.notifications.send(.open(id: row.id)) } label: {
                VStack(alignment: .leading, spacing: Space.xs) {
                    Sides {
                        ToneMark(text: speech(row.kind), tone: row.tone)
                    } trailing: {
                        if !row.read { Text(speech(.notificationUnread)).typed(TypeScale.label).foregroundStyle(Color(\.accent)) }
                    }
                    Text(row.text).typed(TypeScale.body).foregroundStyle(Color(\.text))
                    IconLine(.message, speech(row.channel))
                    if let vehicle = row.vehicle { IconLine(.car, vehicle) }
                    if let at = row.sentAt { IconLine(.clock, speech(at)) }
                    if let pending = row.pending { PendingLine(pending: pending) }
                }
                .frame(maxWidth: .infinity, alignment: .leading)
                .contentShape(Rectangle())
            }
            .buttonStyle(.plain)
            .accessibilityElement(children: .combine)
            ForEach(Array(row.ways.enumerated()), id: \.offset) { way in
                SideButton(speech(way.element.text)) { home.notifications.send(way.element.intent) }
            }
            if let vehicle = row.vehicleId {
                SideButton(speech(.notificationOpenVehicle)) {
                    home.notifications.send(.open(id: row.id))
                    home.open(.vehicle(vehicle))
                }
            }
        }
    }
}
