package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.AccountSkeleton
import io.pmi.app.ui.parts.Badge
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.DangerButton
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Listing
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.PlainButton
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.Rowed
import io.pmi.app.ui.parts.Sharing
import io.pmi.app.ui.parts.Sheet
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Way
import io.pmi.app.ui.parts.WayTo
import io.pmi.app.ui.parts.rememberCursor
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Account
import io.pmi.core.AccountIntent
import io.pmi.core.AccountProfile
import io.pmi.core.UnsentQuestion

/** The person's account. [settings] are the app's own: its language and its look. */
@Composable
fun AccountPage(record: Account, send: (AccountIntent) -> Unit, diagnostics: () -> Unit, settings: @Composable () -> Unit = {}) {
    val words = LocalWords.current
    Page(say(Label.ACCOUNT_TITLE)) {
        // Who cannot be shown can still leave.
        Listing(
            record.standing, { send(AccountIntent.Refresh) }, skeleton = { AccountSkeleton() },
            below = { below(record, send, diagnostics, settings) },
        ) {
            record.note?.let { note ->
                item("note") { Line(Icon.GOOD, words.text(note), Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }) }
            }
            record.problem?.let { item("problem") { ProblemLine(it, { send(AccountIntent.TryAgain) }) } }
            record.profile?.let { item("profile") { Profile(it, record.canEdit) { send(AccountIntent.Edit) } } }
        }
    }
    val close = { send(AccountIntent.Close) }
    record.edit?.let { Sheet(say(Label.ACCOUNT_EDIT), close) { ProfileFields(it, record.busy, send, rememberCursor(record.fault, record.stops)) } }
    record.password?.let { Sheet(say(Label.ACCOUNT_CHANGE_PASSWORD), close) { PasswordFields(it, record.busy, send, rememberCursor(record.fault, record.stops)) } }
    record.deletion?.let { Sheet(say(Label.ACCOUNT_DELETE), close) { DeletionFields(it, record.busy, send, rememberCursor(record.fault, record.stops)) } }
    record.unsent?.let { Sheet(say(Label.ACCOUNT_UNSENT_TITLE), { send(AccountIntent.Stay) }) { Unsent(it, send) } }
    Sharing(record.exported) { send(AccountIntent.ExportTaken) }
}

/** The app's own settings, and the ways out. */
private fun LazyListScope.below(record: Account, send: (AccountIntent) -> Unit, diagnostics: () -> Unit, settings: @Composable () -> Unit) {
    item("ways") { Ways(record, send, diagnostics) }
    item("settings") { settings() }
    record.lastEnded?.let { ended ->
        item("ended") {
            Block {
                Heading(say(Label.ACCOUNT_LAST_ENDED))
                Body(LocalWords.current.text(ended.why))
                Quiet(say(Label.ACCOUNT_LAST_ENDED_AT, LocalWords.current.moment(ended.at)))
            }
        }
    }
    item("sign out") {
        SideButton(
            say(if (record.signingOut) Label.ACCOUNT_SIGNING_OUT else Label.ACCOUNT_SIGN_OUT), Modifier.fillMaxWidth(),
            record.signingOut, icon = Icon.SIGN_OUT,
        ) { send(AccountIntent.SignOut) }
    }
    if (record.canDelete) {
        item("delete") { PlainButton(say(Label.ACCOUNT_DELETE), Modifier.fillMaxWidth(), icon = Icon.TRASH) { send(AccountIntent.Delete) } }
    }
}

@Composable
private fun Profile(profile: AccountProfile, canEdit: Boolean, edit: () -> Unit) = Block {
    val palette = LocalPalette.current
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
        Badge(Icon.PERSON, palette.accent, palette.accentSoft, size = 48.dp)
        Column {
            Heading(profile.name)
            Quiet(LocalWords.current.text(profile.role))
        }
    }
    Line(Icon.MAIL, profile.email)
    profile.phone?.let { Line(Icon.PHONE, it) }
    profile.address?.let { Line(Icon.LOCATION, it) }
    if (canEdit) SideButton(say(Label.ACCOUNT_EDIT), icon = Icon.EDIT, onPress = edit)
}

/** What else can be done, a row each. */
@Composable
private fun Ways(record: Account, send: (AccountIntent) -> Unit, diagnostics: () -> Unit) {
    val ways = buildList {
        if (record.canChangePassword) add(WayTo(Icon.KEY, Label.ACCOUNT_CHANGE_PASSWORD) { send(AccountIntent.ChangePassword) })
        if (record.canExport) {
            val below = if (record.exporting) Label.ACCOUNT_EXPORTING else Label.ACCOUNT_EXPORT_BODY
            add(WayTo(Icon.DOWNLOAD, Label.ACCOUNT_EXPORT, below, record.exporting) { send(AccountIntent.Export) })
        }
        add(WayTo(Icon.PULSE, Label.DIAGNOSTICS_TITLE, press = diagnostics))
    }
    Rowed(ways) { Way(it) }
}

/** What is to be done with what was not sent. */
@Composable
fun Unsent(question: UnsentQuestion, send: (AccountIntent) -> Unit) {
    Body(LocalWords.current.text(question.text))
    MainButton(say(Label.ACCOUNT_UNSENT_KEEP)) { send(AccountIntent.KeepUnsent) }
    DangerButton(say(Label.ACCOUNT_UNSENT_DISCARD), Modifier.fillMaxWidth()) { send(AccountIntent.DiscardUnsent) }
    SideButton(say(Label.ACCOUNT_UNSENT_STAY), Modifier.fillMaxWidth()) { send(AccountIntent.Stay) }
}
