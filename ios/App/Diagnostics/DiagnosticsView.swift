import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Why things are as they are. Nothing of a person is in it.
struct DiagnosticsView: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Diagnostics, DiagnosticsIntent>

    var body: some View {
        ScreenHost(model) { diagnostics in
            Page(speech(.diagnosticsTitle), refresh: refresh) {
                switch diagnostics.phase {
                case .firstLoad:
                    Skeleton()
                case .failed:
                    MaybeProblem(problem: diagnostics.problem) { model.send(.tryAgain) }
                case .shown, .empty:
                    if diagnostics.refreshing {
                        ProgressView()
                            .frame(maxWidth: .infinity)
                            .accessibilityLabel(Text(speech(.refreshing)))
                    }
                    MaybeProblem(problem: diagnostics.problem) { model.send(.tryAgain) }
                    ServerCard(diagnostics: diagnostics)
                    if let outbox = diagnostics.outbox { OutboxCard(outbox: outbox) }
                    ReportPart(model: model, diagnostics: diagnostics)
                    Heading(speech(.diagnosticsTrail))
                    TrailCard(trail: diagnostics.trail)
                }
            }
        }
    }

    private var refresh: @Sendable () async -> Void {
        { [model] in await model.send(.refresh) { !$0.refreshing } }
    }
}

private struct ServerCard: View {
    @Environment(\.speech) private var speech
    let diagnostics: Diagnostics

    var body: some View {
        Card {
            Fact(name: speech(.diagnosticsServer), value: diagnostics.server)
            Fact(name: speech(.diagnosticsDialect), value: speech(diagnostics.dialect))
            if let version = diagnostics.serverVersion { Fact(name: speech(.diagnosticsServerVersion), value: version) }
            if let health = diagnostics.serverHealth {
                toned(speech(.diagnosticsServerHealth), speech(health), diagnostics.serverTone)
            }
            toned(speech(.diagnosticsConnection), speech(diagnostics.connectivity), diagnostics.connectivityTone)
            toned(speech(.diagnosticsSession), speech(diagnostics.session), diagnostics.sessionTone)
            Fact(name: speech(.diagnosticsLibrary), value: diagnostics.library)
            if diagnostics.setAside > 0 {
                Fact(name: speech(.diagnosticsSetAside), value: speech(diagnostics.setAside))
            }
            if let until = diagnostics.coolUntil { IconLine(.clock, speech(.diagnosticsCoolUntil, speech(until))) }
            if let until = diagnostics.breakerUntil { IconLine(.clock, speech(.diagnosticsBreakerUntil, speech(until))) }
        }
    }

    private func toned(_ name: String, _ text: String, _ tone: Tone) -> some View {
        VStack(alignment: .leading, spacing: Space.xs) {
            Text(name).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
            ToneMark(text: text, tone: tone)
        }
        .accessibilityElement(children: .combine)
    }
}

private struct OutboxCard: View {
    @Environment(\.speech) private var speech
    let outbox: OutboxCounts

    var body: some View {
        Card {
            Text(speech(.diagnosticsOutbox)).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet))
            Fact(name: speech(.diagnosticsOutboxWaiting), value: speech(outbox.waiting))
            Fact(name: speech(.diagnosticsOutboxUnknown), value: speech(outbox.unknown))
            Fact(name: speech(.diagnosticsOutboxAttention), value: speech(outbox.attention))
            if let at = outbox.notBefore { IconLine(.clock, speech(.diagnosticsOutboxNotBefore, speech(at))) }
        }
    }
}

private struct ReportPart: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Diagnostics, DiagnosticsIntent>
    let diagnostics: Diagnostics

    var body: some View {
        if let exported = diagnostics.exported {
            ExportedCard(title: speech(.diagnosticsExportReady), exported: exported) { model.send(.exportTaken) }
        } else {
            MainButton(title: speech(.diagnosticsExport), isBusy: diagnostics.exporting) { model.send(.export) }
        }
    }
}

private struct TrailCard: View {
    @Environment(\.speech) private var speech
    let trail: [TrailRow]

    var body: some View {
        LazyVStack(alignment: .leading, spacing: Space.s) {
            if trail.isEmpty { IconLine(.history, speech(.diagnosticsTrailEmpty)) }
            ForEach(Array(trail.enumerated()), id: \.offset) { row in
                Card {
                    HStack(alignment: .firstTextBaseline, spacing: Space.s) {
                        IconView(row.element.tone.icon, size: Size.iconSmall).foregroundStyle(Color(row.element.tone))
                        Text(speech(row.element.text)).typed(TypeScale.body).foregroundStyle(Color(\.text))
                    }
                    Text(speech(row.element.at)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
                    if row.element.times > 1 {
                        Text(speech(.times, row.element.times)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
                        Text(speech(.diagnosticsTrailUntil, speech(row.element.until)))
                            .typed(TypeScale.note)
                            .foregroundStyle(Color(\.textQuiet))
                    }
                }
                .accessibilityElement(children: .combine)
            }
        }
    }
}
