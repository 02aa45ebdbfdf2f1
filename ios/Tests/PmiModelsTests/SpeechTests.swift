//  What the core says, in both languages.

import Foundation
import Person
import Pmi
import PmiDesign
import Testing

@testable import PmiModels

struct SpeechTests {
    let english: Speech
    let hindi: Speech

    init() throws {
        let kolkata = try required(TimeZone(identifier: "Asia/Kolkata"), "zone")
        english = Speech(try Catalogue("en"), locale: Locale(identifier: "en_IN"), timeZone: kolkata)
        hindi = Speech(try Catalogue("hi"), locale: Locale(identifier: "hi_IN"), timeZone: kolkata)
    }

    @Test(arguments: ["en", "hi"])
    func everyTextIsInTheCatalogue(_ language: String) throws {
        let catalogue = try Catalogue(language)
        let plain =
            TextKey.allCases.map(\.catalogueName) + PmiDesign.Label.allCases.map(\.catalogueName)
            + PmiUnit.allCases.filter { !$0.isCounted }.map(\.catalogueName)
        let counted =
            Counted.allCases.map(\.catalogueName) + PmiUnit.allCases.filter(\.isCounted).map(\.catalogueName)
        #expect(plain.count > 400 && counted.count >= 10)
        for name in plain {
            #expect(catalogue.names.contains(name) && !catalogue.isCounted(name), "\(name)")
            #expect(!catalogue.sentence(name).isEmpty, "\(name)")
        }
        for name in counted { #expect(catalogue.isCounted(name), "\(name)") }
        #expect(catalogue.names == Set(plain + counted), "and nothing else is")
    }

    @Test func aSentenceHasTheSamePlacesInBothLanguages() throws {
        let (english, hindi) = (try Catalogue("en"), try Catalogue("hi"))
        func places(_ sentence: String) -> Set<Int> { Set((0..<5).filter { sentence.contains("{\($0)}") }) }
        for name in english.names where !english.isCounted(name) {
            #expect(places(english.sentence(name)) == places(hindi.sentence(name)), "\(name)")
        }
    }

    @Test func whatStandsInAPlaceIsNeverAPlaceItself() {
        #expect(filled("{1} and {0}", ["a {1}", "b"]) == "b and a {1}")
        #expect(filled("{0} {7} {x} {", ["a"]) == "a {7} {x} {")
    }

    @Test func numbersAreWrittenAsTheLanguageWritesThem() {
        let kilometres = Quantity(value: 1_234_567.4, decimals: 0, unit: .kilometres)
        #expect(english(kilometres) == "12,34,567 km")
        #expect(hindi(kilometres) == "12,34,567 किमी")
        let volts = Quantity(value: 12.25, decimals: 1, unit: .volts)
        #expect(english(volts) == "12.2 V")
        #expect(english(Quantity(value: 72, decimals: 0, unit: .percent)) == "72%")
        #expect(english(Quantity(value: 93, decimals: 0, unit: .plain)) == "93")
        #expect(english(Quantity(value: 5_000_000, decimals: 0, unit: .bytes)) == "5 MB")
        #expect(english(UInt32(12_345)) == "12,345" && english.year(2024) == "2024")
    }

    @Test func oneIsNotSaidAsMany() {
        func days(_ value: Double) -> Quantity { Quantity(value: value, decimals: 0, unit: .days) }
        #expect(english(days(1)) == "1 day" && english(days(0)) == "0 days" && english(days(12)) == "12 days")
        #expect(hindi(days(12)) == "12 दिन")
        #expect(english(.attention, 1) == "1 booking change needs your decision")
        #expect(english(.attention, 2) == "2 booking changes need your decision")
        #expect(english.left(5) == "5 characters left" && english.left(-1) == "1 character too many")
    }

    @Test func aTextIsSaidWithWhatStandsInItsPlaces() {
        let tooShort = PmiText(key: .fieldTooShort, args: [.count(count: 8)])
        #expect(english(tooShort) == "At least 8 characters")
        let trail = PmiText(
            key: .trailWritePutOff,
            args: [.count(count: 3), .quantity(quantity: Quantity(value: 1, decimals: 0, unit: .minutes))])
        #expect(english(trail) == "Change 3 waits 1 minute: the server failed")
        let ended = PmiText(key: .trailEnded, args: [.key(key: .trailWhyExpired)])
        #expect(english(ended) == "Signed out: the session has expired")
        let words = PmiText(key: .problemRefused, args: [.words(text: "no {0} today")])
        #expect(english(words).hasSuffix("no {0} today"))
        #expect(hindi(words).hasSuffix("no {0} today") && hindi(words) != english(words))
    }

    @Test func aCentresTimeKeepsItsDigitsWhereverThePhoneIs() throws {
        let asked = PmiText(key: .askedMove, args: [.wall(at: wall(hour: 10, zone: "Asia/Kolkata", offset: 19_800))])
        let far = Speech(
            try Catalogue("en"), locale: Locale(identifier: "en_IN"),
            timeZone: try required(TimeZone(identifier: "America/Los_Angeles"), "zone"))
        for speech in [english, far] {
            #expect(said(speech(asked)) == "You moved it to 25 Dec 2026 at 10:05 AM")
            #expect(said(speech.hour(wall(hour: 10, zone: "Mars/Olympus", offset: 0))) == "10:05 AM")
        }
        #expect(hindi(asked).contains("25 दिस॰ 2026") && hindi(asked).contains("10:05"))
        #expect(english(Day(year: 2026, month: 12, day: 25)) == "25 December 2026")
        #expect(hindi(Day(year: 2026, month: 12, day: 25)) == "25 दिसंबर 2026")
    }

    @Test func aMomentIsShownInThePhonesZone() throws {
        let moment = Date(timeIntervalSince1970: 1_798_000_000)
        let busy = PmiText(key: .problemBusy, args: [.moment(at: moment)])
        #expect(said(english(busy)) == "The server is busy. Try again at 23 Dec 2026 at 9:56 AM")
        let far = Speech(
            try Catalogue("en"), locale: Locale(identifier: "en_IN"),
            timeZone: try required(TimeZone(identifier: "America/Los_Angeles"), "zone"))
        #expect(said(far(moment)) == "22 Dec 2026 at 8:26 PM" && far.day(moment) == "22 Dec 2026")
    }

    @Test func whatIsOldSaysFromWhen() {
        let asOf = Date(timeIntervalSince1970: 1_798_000_000)
        func line(_ key: TextKey, _ args: TextArg...) -> String { said(english(PmiText(key: key, args: args))) }
        #expect(line(.standingAsOfOffline, .moment(at: asOf)) == "As of 23 Dec 2026 at 9:56 AM, offline")
        #expect(line(.standingAsOf, .moment(at: asOf)) == "As of 23 Dec 2026 at 9:56 AM")
        #expect(line(.standingOffline) == "Offline")
    }

    /// The newer data of languages put a narrow space before "AM".
    private func said(_ text: String) -> String { text.replacingOccurrences(of: "\u{202f}", with: " ") }

    private func wall(hour: UInt8, zone: String, offset: Int32) -> WallTime {
        WallTime(
            at: Date(timeIntervalSince1970: 0), year: 2026, month: 12, day: 25, hour: hour, minute: 5, zone: zone,
            offsetSeconds: offset)
    }
}
