//  Notifications by the day they were sent on, by the phone's own calendar.

import Foundation
import Pmi

/// The notifications of one day.
public struct NotificationDay: Equatable, Sendable, Identifiable {
    /// A moment of that day; none where the server does not say when they were sent.
    public let day: Timestamp?
    /// In the order in which they were.
    public let rows: [NotificationRow]

    public var id: NotificationId? { rows.first?.id }
}

extension Notifications {
    /// By their days, in the order in which they are.
    public func days(in calendar: Calendar) -> [NotificationDay] {
        var days: [(day: DateComponents?, rows: [NotificationRow])] = []
        for row in rows {
            let day = row.sentAt.map { calendar.dateComponents([.year, .month, .day], from: $0) }
            if let last = days.indices.last, days[last].day == day {
                days[last].rows.append(row)
            } else {
                days.append((day, [row]))
            }
        }
        return days.map { NotificationDay(day: $0.rows.first?.sentAt, rows: $0.rows) }
    }
}
