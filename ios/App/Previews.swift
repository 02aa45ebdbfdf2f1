import Foundation
import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The app in Xcode's previews: the whole core, with a server in the same process.
struct AppPreviews: PreviewProvider {
    static var previews: some View {
        Shown { home, session in HomeView(home: home, session: session, welcome: .preview) }
            .previewDisplayName("Home")
        Shown { home, _ in NavigationStack { VehicleView(home: home, model: home.vehicle(1), id: 1) } }
            .previewDisplayName("Vehicle")
        Shown { home, _ in
            NavigationStack { BookView(home: home, form: home.booking(for: nil), destination: .book(nil)) }
        }
        .preferredColorScheme(.dark)
        .previewDisplayName("Book, dark")
        Shown(faults: [.offline]) { home, _ in NavigationStack { GarageView(home: home) } }
            .environment(\.speech, Speech(CatalogWording(language: "hi"), locale: Locale(identifier: "hi_IN")))
            .previewDisplayName("Garage, Hindi, offline")
        Shown { home, _ in NavigationStack { AccountView(home: home) } }
            .dynamicTypeSize(.accessibility3)
            .previewDisplayName("Account, large text")
        DefectView(error: .internal(reason: "a preview"))
            .environment(AppModel(links: AppLinks()) { () throws(PmiError) in throw .closed })
            .previewDisplayName("Defect")
    }
}

/// A screen of somebody who is signed in to the server in memory.
private struct Shown<Content: View>: View {
    @State private var app = AppModel(links: AppLinks()) { () throws(PmiError) in throw .closed }
    var faults: [MemoryFault] = []
    @ViewBuilder let content: (Home, AppSession) -> Content

    var body: some View {
        Group {
            if let session = app.session, let home = session.home {
                content(home, session)
            } else {
                ProgressView()
            }
        }
        .environment(app)
        .task {
            await app.showAround()
            for fault in faults { app.session?.demo?[fault] = true }
            await app.session?.follow()
        }
    }
}

extension Welcome {
    fileprivate static let preview = Welcome(
        start: .home, why: nil, unsent: nil, salvaged: nil, banner: nil, problem: nil, busy: false)
}
