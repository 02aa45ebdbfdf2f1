//  Where sentences come from: a catalogue with one for each name, in each language.

import Foundation

/// Sentences by their names.
public protocol Wording: Sendable {
    /// The sentence of this name, with `{0}` where its first place is.
    func sentence(_ name: String) -> String

    /// The sentence of this name for so many.
    func sentence(_ name: String, of count: Int, _ locale: Locale) -> String
}

/// The String Catalog, as Xcode compiles it into an app: singular and plural are Foundation's to choose.
public struct CatalogWording: Wording {
    private let language: String?

    /// The catalogue of the app that runs, in the language that the system chose for it, or in this one.
    public init(language: String? = nil) {
        self.language = language
    }

    public func sentence(_ name: String) -> String {
        bundle.localizedString(forKey: name, value: nil, table: nil)
    }

    public func sentence(_ name: String, of count: Int, _ locale: Locale) -> String {
        String(format: sentence(name), locale: locale, count)
    }

    private var bundle: Bundle {
        let folder = language.flatMap { Bundle.main.path(forResource: $0, ofType: "lproj") }
        return folder.flatMap(Bundle.init(path:)) ?? .main
    }
}

/// A sentence with words in its places. What stands in one is never read as a place itself.
func filled(_ sentence: String, _ places: [String]) -> String {
    var (filled, rest) = ("", sentence[...])
    while let begin = rest.firstIndex(of: "{"), let end = rest[begin...].firstIndex(of: "}") {
        filled += rest[..<begin]
        let number = Int(rest[rest.index(after: begin)..<end])
        filled += number.flatMap { places.indices.contains($0) ? places[$0] : nil } ?? String(rest[begin...end])
        rest = rest[rest.index(after: end)...]
    }
    return filled + rest
}
