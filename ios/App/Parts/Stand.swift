import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What is there, or what stands for it: a skeleton, nothing yet, or the problem.
struct Stand<Content: View, Nothing: View>: View {
    let standing: Standing
    let retry: @MainActor () -> Void
    @ViewBuilder let content: () -> Content
    @ViewBuilder let nothing: () -> Nothing

    var body: some View {
        switch standing.phase {
        case .firstLoad:
            Skeleton()
        case .shown:
            StandingLine(standing: standing, retry: retry)
            content()
        case .empty:
            StandingLine(standing: standing, retry: retry)
            nothing()
        case .failed:
            MaybeProblem(problem: standing.problem, retry: retry)
        }
    }
}

/// How old what is shown is, and what went wrong with the newer.
struct StandingLine: View {
    @Environment(\.speech) private var speech
    let standing: Standing
    let retry: @MainActor () -> Void

    var body: some View {
        if let line = standing.line {
            IconLine(standing.offline ? .offline : .clock, speech(line))
        }
        if let problem = standing.problem { ProblemCard(problem: problem, retry: retry) }
        if standing.refreshing {
            ProgressView()
                .frame(maxWidth: .infinity)
                .accessibilityLabel(Text(speech(.refreshing)))
        }
    }
}

/// What stands for what is still to be loaded.
struct Skeleton: View {
    @Environment(\.speech) private var speech

    var body: some View {
        VStack(spacing: Space.m) {
            ForEach(0..<3, id: \.self) { _ in
                Card {
                    Text(verbatim: "Placeholder name").typed(TypeScale.heading)
                    Text(verbatim: "Placeholder of some words").typed(TypeScale.body)
                    Text(verbatim: "Placeholder").typed(TypeScale.note)
                }
            }
        }
        .redacted(reason: .placeholder)
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(Text(speech(.loading)))
    }
}

/// The view of a screen: it follows the record while it is shown, and has a place for a defect.
struct ScreenHost<Record: Sendable & Equatable, Intent: Sendable, Content: View>: View {
    let model: ScreenModel<Record, Intent>
    @ViewBuilder let content: (Record) -> Content

    init(_ model: ScreenModel<Record, Intent>, @ViewBuilder content: @escaping (Record) -> Content) {
        self.model = model
        self.content = content
    }

    var body: some View {
        Group {
            if let record = model.record {
                content(record)
            } else {
                DefectView(error: nil)
            }
        }
        .task(id: ObjectIdentifier(model)) { await model.follow() }
    }
}
