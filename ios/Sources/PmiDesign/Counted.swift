// Made by `pmi-pack design` from bindings/design: change it there.

import Pmi

/// One of the shells' own texts that changes with its number: a format with an `Int` in it.
public enum Counted: String, CaseIterable, Sendable {
    case vehicles = "counted_vehicles"  // {0} vehicles
    case attention = "counted_attention"  // {0} booking changes need your decision
    case unread = "counted_unread"  // {0} unread
    case issues = "counted_issues"  // {0} issues
    case placesLeft = "counted_places_left"  // {0} places left
    case photos = "counted_photos"  // {0} photos
    case photosUnsent = "counted_photos_unsent"  // {0} photos still to be sent
    case charactersLeft = "counted_characters_left"  // {0} characters left
    case charactersOver = "counted_characters_over"  // {0} characters too many
    case times = "counted_times"  // {0} times

    /// Its name in the String Catalog.
    public var catalogueName: String { rawValue }
}

extension PmiUnit {
    /// The name of what stands around its number in the String Catalog.
    public var catalogueName: String {
        switch self {
        case .percent: "unit_percent"
        case .kilometres: "unit_kilometres"
        case .kilometresPerHour: "unit_kilometres_per_hour"
        case .celsius: "unit_celsius"
        case .psi: "unit_psi"
        case .volts: "unit_volts"
        case .revolutionsPerMinute: "unit_revolutions_per_minute"
        case .days: "unit_days"
        case .minutes: "unit_minutes"
        case .seconds: "unit_seconds"
        case .bytes: "unit_bytes"
        case .kilobytes: "unit_kilobytes"
        case .megabytes: "unit_megabytes"
        case .plain: "unit_plain"
        }
    }

    /// Whether that changes with the number: it is a format with an `Int` in it then.
    public var isCounted: Bool {
        switch self {
        case .days, .minutes, .seconds, .bytes: true
        default: false
        }
    }
}
