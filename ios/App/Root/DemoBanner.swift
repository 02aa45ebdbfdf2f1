import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// That nothing here is real, what may go wrong to be tried, and the way out.
struct DemoBanner: View {
    @Environment(\.speech) private var speech
    @State private var isOpen = false
    let demo: Demo

    var body: some View {
        Button { isOpen = true } label: {
            IconLine(.play, speech(.demoBanner), ink: Color(\.onAccent))
                .padding(Space.s)
                .frame(maxWidth: .infinity, minHeight: Size.touch)
                .background(Color(\.accent))
        }
        .buttonStyle(.plain)
        .sheet(isPresented: $isOpen) { DemoPanel(demo: demo) }
    }
}

/// What can be tried while the app is shown around.
private struct DemoPanel: View {
    @Environment(AppModel.self) private var app
    @Environment(\.speech) private var speech
    @Environment(\.dismiss) private var dismiss
    let demo: Demo

    var body: some View {
        NavigationStack {
            Page(speech(.demoTitle)) {
                Text(speech(.demoBody)).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
                Heading(speech(.demoFaults))
                Card {
                    FaultToggle(title: speech(.demoOffline), fault: .offline, demo: demo)
                    FaultToggle(title: speech(.demoSlow), fault: .slow, demo: demo)
                    FaultToggle(title: speech(.demoServerError), fault: .serverError, demo: demo)
                    FaultToggle(title: speech(.demoExpiredSession), fault: .expiredSession, demo: demo)
                }
                MainButton(title: speech(.demoEnd)) { Task { await app.restart() } }
            }
            .toolbar {
                ToolbarItem(placement: .confirmationAction) { Button(speech(.done)) { dismiss() } }
            }
        }
    }
}

private struct FaultToggle: View {
    let title: String
    let fault: MemoryFault
    @Bindable var demo: Demo

    var body: some View {
        Toggle(isOn: $demo[fault]) {
            Text(title).typed(TypeScale.body).foregroundStyle(Color(\.text))
        }
    }
}
