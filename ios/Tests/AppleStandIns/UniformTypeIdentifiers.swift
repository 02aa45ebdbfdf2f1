//  A stand-in for UniformTypeIdentifiers: as much of it as the app uses.

public struct UTType: Sendable {
    public static let json = UTType()
}
