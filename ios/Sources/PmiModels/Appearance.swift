/// Light or dark. The language is the system's to set, for each app.
public enum Appearance: String, CaseIterable, Identifiable, Sendable {
    case system, light, dark

    public var id: Self { self }

    /// Where it is kept.
    static let key = "appearance"
}
