//  What the core says, in the person's language: sentences out of the catalogue, numbers and times by Foundation's formatters.
//
//  Promised: nothing is decided here. A service centre's times are shown with the digits the core gave, wherever the phone is; a moment is
//  shown in the phone's own zone.

import Foundation
import Pmi
import PmiDesign

/// A language to say things in.
public struct Speech: Sendable {
    /// How numbers and days are written.
    public let locale: Locale
    /// In which moments are shown.
    public let timeZone: TimeZone
    private let wording: any Wording

    /// A language with its catalogue.
    public init(_ wording: any Wording, locale: Locale = .autoupdatingCurrent, timeZone: TimeZone = .autoupdatingCurrent) {
        self.wording = wording
        self.locale = locale
        self.timeZone = timeZone
    }

    /// What the core says.
    public func callAsFunction(_ text: PmiText) -> String {
        filled(wording.sentence(text.key.catalogueName), text.args.map(place))
    }

    /// What the app itself says.
    public func callAsFunction(_ label: Label, _ places: String...) -> String {
        filled(wording.sentence(label.catalogueName), places)
    }

    /// What the app itself says of so many.
    public func callAsFunction(_ counted: Counted, _ count: some BinaryInteger) -> String {
        wording.sentence(counted.catalogueName, of: Int(clamping: count), locale)
    }

    /// A number with its unit.
    public func callAsFunction(_ quantity: Quantity) -> String {
        switch quantity.unit {
        case .bytes: Int64(quantity.value).formatted(.byteCount(style: .file).locale(locale))
        case let unit where unit.isCounted: wording.sentence(unit.catalogueName, of: Int(quantity.value.rounded()), locale)
        case let unit: filled(wording.sentence(unit.catalogueName), [number(quantity)])
        }
    }

    /// A day of the calendar.
    public func callAsFunction(_ day: Day) -> String {
        digits(day.components, date: .long, time: .omitted)
    }

    /// A time with its digits: those of the place it is meant for.
    public func callAsFunction(_ time: WallTime) -> String {
        digits(time.components, date: .abbreviated, time: .shortened)
    }

    /// The hour of such a time, where its day is said beside it.
    public func hour(_ time: WallTime) -> String {
        digits(time.components, date: .omitted, time: .shortened)
    }

    /// A moment, in the phone's own zone; "today" and "yesterday" where the language has words for them.
    public func callAsFunction(_ moment: Timestamp) -> String {
        relative(moment, time: .short)
    }

    /// The day of a moment, in the phone's own zone.
    public func day(_ moment: Timestamp) -> String {
        relative(moment, time: .none)
    }

    /// How many.
    public func callAsFunction(_ count: UInt32) -> String {
        count.formatted(.number.locale(locale))
    }

    /// How many characters more can be written, or are too many.
    public func left(_ characters: Int32) -> String {
        characters < 0 ? self(.charactersOver, characters.magnitude) : self(.charactersLeft, characters)
    }

    /// A year, which has no separators.
    public func year(_ year: Int32) -> String {
        year.formatted(.number.grouping(.never).locale(locale))
    }

    /// The zone whose clock is meant.
    public func zone(_ name: String) -> String {
        TimeZone(identifier: name)?.localizedName(for: .generic, locale: locale) ?? name
    }

    private func place(_ arg: TextArg) -> String {
        switch arg {
        case .count(let count): count.formatted(.number.locale(locale))
        case .words(let text): text
        case .key(let key): wording.sentence(key.catalogueName)
        case .quantity(let quantity): self(quantity)
        case .moment(let at): self(at)
        case .wall(let at): self(at)
        }
    }

    private func number(_ quantity: Quantity) -> String {
        quantity.value.formatted(.number.precision(.fractionLength(Int(quantity.decimals))).locale(locale))
    }

    private func relative(_ moment: Timestamp, time: DateFormatter.Style) -> String {
        let format = DateFormatter()
        format.locale = locale
        format.timeZone = timeZone
        format.dateStyle = .medium
        format.timeStyle = time
        format.doesRelativeDateFormatting = true
        return format.string(from: moment)
    }

    /// These digits, whatever any zone makes of them.
    private func digits(
        _ parts: DateComponents, date: Date.FormatStyle.DateStyle, time: Date.FormatStyle.TimeStyle
    ) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        guard let moment = calendar.date(from: parts) else { return "" }
        return moment.formatted(
            Date.FormatStyle(date: date, time: time, locale: locale, calendar: calendar, timeZone: .gmt))
    }
}

extension WallTime {
    /// Its digits.
    fileprivate var components: DateComponents {
        DateComponents(year: Int(year), month: Int(month), day: Int(day), hour: Int(hour), minute: Int(minute))
    }
}
