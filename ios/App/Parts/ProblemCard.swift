import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What went wrong, and the one thing to do about it.
struct ProblemCard: View {
    @Environment(AppModel.self) private var app
    @Environment(\.speech) private var speech
    @Environment(\.openURL) private var openURL
    let problem: Problem
    let retry: @MainActor () -> Void

    var body: some View {
        Card {
            IconLine(.warning, speech(problem.text), ink: Color(\.text))
            switch problem.step(app.links) {
            case .nothing:
                EmptyView()
            case .wait(let until):
                Text(speech(.remedyWait, speech(until))).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
            case let step:
                if let label = problem.remedy.label {
                    SideButton(speech(label)) { take(step) }
                }
            }
            if let id = problem.requestId {
                Text(speech(.requestId, id))
                    .typed(TypeScale.note)
                    .foregroundStyle(Color(\.textQuiet))
                    .textSelection(.enabled)
            }
        }
    }

    private func take(_ step: RemedyStep) {
        Task { await app.take(step, retry: retry) { openURL($0) } }
    }
}

/// A problem, if there is one.
struct MaybeProblem: View {
    let problem: Problem?
    let retry: @MainActor () -> Void

    var body: some View {
        if let problem { ProblemCard(problem: problem, retry: retry) }
    }
}
