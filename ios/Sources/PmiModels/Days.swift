//  Days and hours for the system's pickers, which know dates only.

import Foundation
import Pmi

extension Calendar {
    /// The calendar that the core's days are of, whichever the person has set, with their first day of the week and their zone.
    public static var ofDays: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.locale = .autoupdatingCurrent
        calendar.timeZone = .autoupdatingCurrent
        return calendar
    }
}

extension Day {
    /// As a calendar shows it as chosen.
    public func chosen(in calendar: Calendar) -> DateComponents? {
        date(in: calendar).map { calendar.dateComponents([.calendar, .era, .year, .month, .day], from: $0) }
    }

    /// Its beginning by this calendar.
    public func date(in calendar: Calendar) -> Date? {
        calendar.date(from: components)
    }

    /// The one that was added to what a calendar shows as chosen.
    public static func chosen(among days: Set<DateComponents>, besides before: Day?) -> Day? {
        days.compactMap { Day($0) }.first { $0 != before }
    }
}

extension TimeOfDay {
    /// The same time on any day.
    public func date(in calendar: Calendar) -> Date? {
        calendar.date(from: DateComponents(year: 2001, month: 1, day: 1, hour: Int(hour), minute: Int(minute)))
    }

    /// The time that a calendar shows for a date.
    public init?(_ date: Date, in calendar: Calendar) {
        self.init(calendar.dateComponents([.hour, .minute], from: date))
    }
}
