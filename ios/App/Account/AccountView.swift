import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// The person's account.
struct AccountView: View {
    @Environment(\.speech) private var speech
    let home: Home

    var body: some View {
        ScreenHost(home.account) { account in
            Page(speech(.accountTitle), refresh: refresh) {
                if let note = account.note { Card { IconLine(.check, speech(note), ink: Color(\.text)) } }
                MaybeProblem(problem: account.problem) { model.send(.tryAgain) }
                Stand(standing: account.standing) {
                    model.send(.refresh)
                } content: {
                    if let profile = account.profile { ProfileCard(profile: profile) }
                } nothing: {
                    EmptyView()
                }
                if account.canEdit { action(.edit, speech(.accountEdit)) { model.send(.edit) } }
                if account.canChangePassword {
                    action(.key, speech(.accountChangePassword)) { model.send(.changePassword) }
                }
                LookPart()
                if let ended = account.lastEnded { EndedCard(ended: ended) }
                ExportPart(model: model, account: account)
                action(.info, speech(.diagnosticsTitle)) { home.open(.diagnostics) }
                MainButton(
                    title: account.signingOut ? speech(.accountSigningOut) : speech(.accountSignOut),
                    isBusy: account.signingOut
                ) { model.send(.signOut) }
                if account.canDelete {
                    SideButton(speech(.accountDelete), role: .destructive) { model.send(.delete) }
                }
            }
            .sheet(item: Binding(asked: account.sheet) { if let open = account.sheet { model.send(open.closing) } }) { sheet in
                AccountSheetView(sheet: sheet, model: model)
            }
        }
    }

    private var model: ScreenModel<Account, AccountIntent> { home.account }

    private func action(_ icon: Icon, _ title: String, _ act: @escaping @MainActor () -> Void) -> some View {
        Button(action: act) {
            IconLine(icon, title, ink: Color(\.accent)).frame(maxWidth: .infinity, minHeight: Size.touch, alignment: .leading)
        }
    }

    private var refresh: @Sendable () async -> Void {
        { [account = home.account] in await account.send(.refresh) { !$0.standing.refreshing } }
    }
}

/// Who is signed in.
private struct ProfileCard: View {
    @Environment(\.speech) private var speech
    let profile: AccountProfile

    var body: some View {
        Card {
            Text(profile.name).typed(TypeScale.heading).foregroundStyle(Color(\.text))
            Text(speech(profile.role)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
            Fact(name: speech(.fieldEmail), value: profile.email)
            if let phone = profile.phone { Fact(name: speech(.fieldPhone), value: phone) }
            if let address = profile.address { Fact(name: speech(.fieldAddress), value: address) }
        }
        .privacySensitive()
    }
}

/// Why the person was signed out.
private struct EndedCard: View {
    @Environment(\.speech) private var speech
    let ended: SessionEnded

    var body: some View {
        Card {
            Text(speech(.accountLastEnded)).typed(TypeScale.label).foregroundStyle(Color(\.textQuiet))
            Text(speech(ended.why)).typed(TypeScale.body).foregroundStyle(Color(\.text))
            Text(speech(.accountLastEndedAt, speech(ended.at))).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
        }
    }
}

/// What a person chooses of the app itself: how it looks. Its language is the system's to set, for each app.
private struct LookPart: View {
    @Environment(AppModel.self) private var app
    @Environment(\.openURL) private var openURL
    @Environment(\.speech) private var speech

    var body: some View {
        Heading(speech(.accountAppearance))
        Card {
            ForEach(Appearance.allCases) { one in
                Choice(title: one.title(speech), isChosen: app.appearance == one) { app.appearance = one }
            }
        }
        if let settings = app.links.settings {
            Button { openURL(settings) } label: {
                IconLine(.globe, speech(.accountLanguage), ink: Color(\.accent))
                    .frame(maxWidth: .infinity, minHeight: Size.touch, alignment: .leading)
            }
            .accessibilityAddTraits(.isLink)
        }
    }
}

extension Appearance {
    fileprivate func title(_ speech: Speech) -> String {
        switch self {
        case .system: speech(.appearanceSystem)
        case .light: speech(.appearanceLight)
        case .dark: speech(.appearanceDark)
        }
    }

    /// What SwiftUI calls it; none where it is the device's.
    var scheme: ColorScheme? {
        switch self {
        case .system: nil
        case .light: .light
        case .dark: .dark
        }
    }
}

/// A copy of all that the platform holds.
private struct ExportPart: View {
    @Environment(\.speech) private var speech
    let model: ScreenModel<Account, AccountIntent>
    let account: Account

    var body: some View {
        if let exported = account.exported {
            ExportedCard(title: speech(.accountExportReady), exported: exported) { model.send(.exportTaken) }
        } else if account.canExport {
            Card {
                Text(speech(.accountExportBody)).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
                MainButton(
                    title: account.exporting ? speech(.accountExporting) : speech(.accountExport),
                    isBusy: account.exporting
                ) { model.send(.export) }
            }
        }
    }
}
