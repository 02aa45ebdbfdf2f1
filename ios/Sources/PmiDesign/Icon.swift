// Made by `pmi-pack design` from bindings/design: change it there.

/// A step of a path.
public enum PathStep: Sendable, Hashable {
    case move(Double, Double)
    case line(Double, Double)
    /// Two points that it is drawn to, and where it ends.
    case curve(Double, Double, Double, Double, Double, Double)
    case close
}

/// An icon, in units of which it is `size` wide and high.
public enum Icon: String, CaseIterable, Sendable {
    case back, forward, close, plus, check, edit, trash, share, download, send, refresh, offline, waiting, globe, warning, critical, good,
        neutral, unknown, info, garage, car, calendar, calendarPlus, clock, history, bell, person, mail, phone, message, lock, key, eye,
        eyeOff, signIn, signOut, photo, camera, location, wrench, notes, gauge, pulse, server, play, engine, transmission, brakes, battery,
        cooling, oil, suspension, tyres, exhaust, fuel

    /// How wide and high it is.
    public static let size: Double = 24
    /// How thick its lines are, with round ends and corners.
    public static let lineWidth: Double = 1.75
}
