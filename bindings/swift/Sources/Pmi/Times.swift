//  Days and times as Foundation has them.

import Foundation
import PmiGenerated

extension Day {
    /// The day for a `DatePicker` and a `DateFormatter`, without a zone.
    public var components: DateComponents {
        DateComponents(year: Int(year), month: Int(month), day: Int(day))
    }

    /// The day that a calendar shows; none where a part is missing or out of range.
    public init?(_ components: DateComponents) {
        guard
            let year = components.year.flatMap(Int16.init(exactly:)),
            let month = components.month.flatMap(UInt8.init(exactly:)),
            let day = components.day.flatMap(UInt8.init(exactly:)),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension TimeOfDay {
    /// The time that a clock shows; none where a part is missing or out of range.
    public init?(_ components: DateComponents) {
        guard
            let hour = components.hour.flatMap(UInt8.init(exactly:)), hour < 24,
            let minute = components.minute.flatMap(UInt8.init(exactly:)), minute < 60
        else { return nil }
        self.init(hour: hour, minute: minute)
    }
}

extension WallTime {
    /// The zone whose clock is meant, for a `Date.FormatStyle`; by its offset where this device does not know its name.
    public var timeZone: TimeZone? {
        TimeZone(identifier: zone) ?? TimeZone(secondsFromGMT: Int(offsetSeconds))
    }
}
