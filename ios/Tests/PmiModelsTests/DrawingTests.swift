//  What is worked out before it is drawn.

import Foundation
import Person
import Pmi
import PmiDesign
import Testing

@testable import PmiModels

struct DrawingTests {
    @Test func notificationsAreByTheDaysOfThePhonesOwnCalendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try required(TimeZone(identifier: "Asia/Kolkata"), "zone")
        // 18:29 and 18:31 by UTC are two days in India.
        let night = Date(timeIntervalSince1970: 1_798_050_540)
        let rows = [row(1, night + 120), row(2, night), row(3, night - 60), row(4, nil)]
        let list = Notifications(
            standing: Standing(phase: .shown, refreshing: false, asOf: nil, stale: false, offline: false, line: nil, problem: nil),
            rows: rows, unread: 0, canMarkAll: false, problem: nil)
        let days = list.days(in: calendar)
        #expect(days.map { $0.rows.map(\.id) } == [[1], [2, 3], [4]])
        #expect(days.map(\.day) == [night + 120, night, nil])
    }

    @Test func aDayIsTheOneThatWasAddedToWhatIsChosen() {
        let (old, new) = (Day(year: 2026, month: 12, day: 1), Day(year: 2026, month: 12, day: 2))
        #expect(Day.chosen(among: [old.components, new.components], besides: old) == new)
        #expect(Day.chosen(among: [], besides: old) == nil)
    }

    @Test func aRemedyIsWhatThisSystemCanDo() throws {
        let links = AppLinks(
            store: URL(string: "https://apps.example/pmi"), support: "help@pmi.example", settings: URL(string: "app-settings:"))
        func step(_ remedy: Remedy) -> RemedyStep {
            Problem(text: PmiText(key: .problemServer, args: []), remedy: remedy, requestId: "r 1").step(links)
        }
        let later = Date(timeIntervalSince1970: 5)
        #expect(step(.nothing) == .nothing)
        #expect(step(.retry) == .retry && step(.unlock) == .retry)
        #expect(step(.wait(until: later)) == .wait(until: later))
        #expect(step(.signIn) == .signIn && step(.restartApp) == .restart)
        let (store, settings) = (try required(links.store, "store"), try required(links.settings, "settings"))
        let mail = try required(URL(string: "mailto:help@pmi.example?subject=r%201"), "address")
        #expect(step(.updateApp) == .open(store) && step(.changeNetwork) == .open(settings))
        #expect(step(.contactSupport) == .open(mail))
        // Each that can be tapped has a name, and no other.
        for remedy in [Remedy.retry, .signIn, .unlock, .openBrowser, .changeNetwork, .freeSpace, .updateApp, .restartApp, .contactSupport] {
            #expect(remedy.label != nil && step(remedy) != .nothing)
        }
        #expect(Remedy.nothing.label == nil && Remedy.wait(until: later).label == nil)
    }

    @Test func everyComponentThatHasAPlaceIsOnTheDrawing() throws {
        for spot in [
            ComponentSpot.engine, .transmission, .brakes, .battery, .coolingSystem, .oilSystem, .suspension, .tires, .exhaust,
            .fuelSystem,
        ] {
            let part = try required(Machine.spot(spot), "place of \(spot)")
            #expect((0...Machine.width).contains(part.x) && (0...Machine.height).contains(part.y) && !part.outline.isEmpty)
        }
        #expect(Machine.spot(.elsewhere) == nil)
    }

    private func row(_ id: NotificationId, _ sentAt: Date?) -> NotificationRow {
        NotificationRow(
            id: id, kind: PmiText(key: .notificationReminder, args: []), tone: .neutral,
            channel: PmiText(key: .channelSms, args: []), text: "", vehicle: nil, vehicleId: nil, sentAt: sentAt, read: true,
            pending: nil, ways: [])
    }
}
