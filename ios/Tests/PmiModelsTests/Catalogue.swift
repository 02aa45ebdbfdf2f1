//  The String Catalog without Xcode: read as it stands, with the plural rules of its two languages.

import Foundation
import Person

@testable import PmiModels

/// The catalogue in one language.
struct Catalogue: Wording {
    let language: String
    private let sentences: [String: Sentence]

    private enum Sentence: Equatable {
        case one(String)
        case counted(one: String, other: String)
    }

    /// As the file has it.
    init(_ language: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../App/Resources/Localizable.xcstrings")
        let catalogue = try JSONDecoder().decode(File.self, from: Data(contentsOf: file))
        self.language = language
        sentences = catalogue.strings.compactMapValues { $0.localizations[language]?.sentence }
    }

    /// The names of all there are.
    var names: Set<String> { Set(sentences.keys) }

    /// Whether it is one that is formatted with a number.
    func isCounted(_ name: String) -> Bool {
        if case .counted = sentences[name] { true } else { false }
    }

    func sentence(_ name: String) -> String {
        guard case .one(let sentence) = sentences[name] else { return name }
        return sentence
    }

    func sentence(_ name: String, of count: Int, _ locale: Locale) -> String {
        guard case .counted(let one, let other) = sentences[name] else { return name }
        // English: 1. Hindi: 0 and 1.
        let isOne = count == 1 || (language == "hi" && count == 0)
        return String(format: isOne ? one : other, locale: locale, count)
    }

    private struct File: Decodable {
        let strings: [String: Entry]

        struct Entry: Decodable {
            let localizations: [String: Localization]
        }

        struct Localization: Decodable {
            let stringUnit: Unit?
            let variations: Variations?

            var sentence: Sentence? {
                if let unit = stringUnit { return .one(unit.value) }
                guard let plural = variations?.plural, let one = plural["one"], let other = plural["other"] else { return nil }
                return .counted(one: one.stringUnit.value, other: other.stringUnit.value)
            }
        }

        struct Variations: Decodable {
            let plural: [String: Form]
        }

        struct Form: Decodable {
            let stringUnit: Unit
        }

        struct Unit: Decodable {
            let value: String
        }
    }
}
