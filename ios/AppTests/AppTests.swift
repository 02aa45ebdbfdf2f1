//  What only an app on Apple's systems can show: the String Catalog as Xcode compiled it, and the app with the server in its process.

import Foundation
import Pmi
import PmiDesign
import PmiModels
import Testing

@MainActor
@Suite(.timeLimit(.minutes(2)))
struct AppTests {
    @Test(arguments: ["en", "hi"])
    func everyTextIsInTheCompiledCatalogue(_ language: String) {
        let wording = CatalogWording(language: language)
        for name in TextKey.allCases.map(\.catalogueName) + PmiDesign.Label.allCases.map(\.catalogueName) {
            #expect(wording.sentence(name) != name, "\(name)")
        }
    }

    @Test func oneIsNotSaidAsMany() {
        let speech = Speech(CatalogWording(language: "en"), locale: Locale(identifier: "en_IN"))
        #expect(speech(.attention, 1) == "1 booking change needs your decision")
        #expect(speech(.attention, 2) == "2 booking changes need your decision")
        #expect(speech(Quantity(value: 1, decimals: 0, unit: .days)) == "1 day")
    }

    @Test func theSystemSaysHowTheDeviceStands() async {
        for await _ in DeviceConditions.ofThisDevice { return }
        Issue.record("it said nothing")
    }

    @Test func theDemonstrationShowsTheGarage() async throws {
        let app = AppModel(links: AppLinks()) { () throws(PmiError) in throw .closed }
        await app.showAround()
        let session = try #require(app.session)
        let following = Task { await session.follow() }
        defer { following.cancel() }
        while session.home == nil { try await Task.sleep(for: .milliseconds(20)) }
        let garage = try #require(session.home).garage
        let shown = Task { await garage.follow() }
        defer { shown.cancel() }
        while garage.record?.vehicles.isEmpty != false { try await Task.sleep(for: .milliseconds(20)) }
        await app.restart()
    }
}
