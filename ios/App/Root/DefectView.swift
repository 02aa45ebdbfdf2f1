import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Where what should not happen ends up: it is shown, it can be reported, and the app goes on.
struct DefectView: View {
    @Environment(AppModel.self) private var app
    @Environment(\.speech) private var speech
    let error: PmiError?

    var body: some View {
        ScrollView {
            VStack(spacing: Space.m) {
                IconView(.critical, size: Size.iconLarge).foregroundStyle(Color(\.critical))
                Text(speech(error == nil ? .crashTitle : .openFailedTitle)).typed(TypeScale.title).foregroundStyle(Color(\.text))
                if let problem = error?.problem {
                    ProblemCard(problem: problem, retry: restart)
                } else {
                    Text(speech(error == nil ? .crashBody : .openFailedBody))
                        .typed(TypeScale.body)
                        .foregroundStyle(Color(\.textQuiet))
                }
                MainButton(title: speech(.crashRetry), action: restart)
                ShareLink(item: app.log.report(error)) {
                    Text(speech(.crashReport)).typed(TypeScale.label).frame(maxWidth: .infinity)
                }
                .buttonStyle(.bordered)
                .controlSize(.large)
                Button(speech(.welcomeDemo)) { Task { await app.showAround() } }.controlSize(.large)
            }
            .multilineTextAlignment(.center)
            .padding(Space.l)
            .frame(maxWidth: Size.column)
            .frame(maxWidth: .infinity)
        }
        .background(Color(\.background))
    }

    private func restart() {
        Task { await app.restart() }
    }
}
