//  Where sentences come from: a catalogue with one for each name, in each language.

import Foundation

/// What stands in a place of a sentence.
public enum Place: Sendable, Equatable {
    /// How many: chooses between singular and plural where the sentence has both.
    case count(Int64)
    /// Words as they are.
    case words(String)
}

/// Sentences by their names.
public protocol Wording: Sendable {
    /// The sentence of this name, with these in its places.
    func sentence(_ name: String, _ places: [Place], _ locale: Locale) -> String
}

#if canImport(Darwin)
    /// The String Catalog, as Xcode compiles it into a bundle: singular and plural are Foundation's to choose.
    public struct CatalogWording: Wording {
        private let bundle: @Sendable () -> Bundle

        /// The catalogue of the app that runs, in the language the system chose for it.
        public init() {
            bundle = { .main }
        }

        /// The catalogue in one language, for previews.
        public init(language: String) {
            bundle = { Bundle.main.path(forResource: language, ofType: "lproj").flatMap(Bundle.init(path:)) ?? .main }
        }

        public func sentence(_ name: String, _ places: [Place], _ locale: Locale) -> String {
            let format = bundle().localizedString(forKey: name, value: nil, table: nil)
            guard !places.isEmpty else { return format }
            return String(format: format, locale: locale, arguments: places.map(\.argument))
        }
    }

    extension Place {
        fileprivate var argument: any CVarArg {
            switch self {
            case .count(let count): count
            case .words(let words): words as NSString
            }
        }
    }
#endif
