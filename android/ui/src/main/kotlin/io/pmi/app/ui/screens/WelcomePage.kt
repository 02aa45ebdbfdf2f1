package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.CircularProgressIndicator
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.Form
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.MachinePicture
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.PlainButton
import io.pmi.app.ui.parts.ProblemCard
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Strong
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Salvaged
import io.pmi.core.Start
import io.pmi.core.Tone
import io.pmi.core.Welcome
import io.pmi.core.WelcomeIntent

/** Where the app begins. */
@Composable
fun WelcomePage(
    record: Welcome,
    send: (WelcomeIntent) -> Unit,
    signIn: () -> Unit,
    register: () -> Unit,
    demo: () -> Unit,
) = Box(Modifier.fillMaxSize()) {
    when (record.start) {
        Start.DECIDING, Start.HOME -> Deciding(record, send)
        Start.UNLOCK -> Locked(record, send)
        Start.WELCOME -> Beginning(record, send, signIn, register, demo)
    }
}

@Composable
private fun Deciding(record: Welcome, send: (WelcomeIntent) -> Unit) =
    Column(Modifier.fillMaxSize().padding(Space.l), Arrangement.Center, Alignment.CenterHorizontally) {
        val problem = record.problem
        if (problem != null) {
            ProblemCard(problem, { send(WelcomeIntent.TRY_AGAIN) })
        } else {
            CircularProgressIndicator()
            Body(say(Label.DECIDING_TITLE), Modifier.padding(top = Space.m))
        }
    }

@Composable
private fun Locked(record: Welcome, send: (WelcomeIntent) -> Unit) =
    Column(Modifier.fillMaxSize().padding(Space.l), Arrangement.Center) {
        Notice(Icon.LOCK, say(Label.UNLOCK_TITLE), record.problem?.let { LocalWords.current.text(it.text) }) {
            MainButton(say(Label.REMEDY_UNLOCK), busy = record.busy) { send(WelcomeIntent.TRY_AGAIN) }
        }
    }

@Composable
private fun Beginning(record: Welcome, send: (WelcomeIntent) -> Unit, signIn: () -> Unit, register: () -> Unit, demo: () -> Unit) = Form {
    val words = LocalWords.current
    Body(say(Label.APP_NAME), Modifier.padding(top = Space.l), LocalPalette.current.accent)
    MachinePicture(Modifier.fillMaxWidth().padding(vertical = Space.s))
    Heading(say(Label.WELCOME_TITLE), style = LocalType.current.title)
    Body(say(Label.WELCOME_BODY), color = LocalPalette.current.textQuiet)
    record.salvaged?.let { SalvageCard(it) { send(WelcomeIntent.SALVAGE_SEEN) } }
    record.why?.let { Line(Icon.INFO, words.text(it), said) }
    record.unsent?.let { Line(Icon.WAITING, words.text(it), said) }
    record.banner?.let { Line(Icon.OFFLINE, words.text(it.text), said) }
    MainButton(say(Label.WELCOME_SIGN_IN), onPress = signIn)
    SideButton(say(Label.WELCOME_REGISTER), Modifier.fillMaxWidth(), onPress = register)
    PlainButton(say(Label.WELCOME_DEMO), Modifier.fillMaxWidth(), icon = Icon.PLAY, onPress = demo)
}

private val said = Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite }

@Composable
private fun SalvageCard(salvaged: Salvaged, seen: () -> Unit) = Block(tone = Tone.WARNING) {
    val words = LocalWords.current
    Strong(say(Label.WELCOME_SALVAGE_TITLE))
    salvaged.lines.forEach { Body(words.text(it)) }
    Quiet(say(Label.WELCOME_SALVAGE_FOUND, words.moment(salvaged.at)))
    SideButton(say(Label.WELCOME_SALVAGE_SEEN), onPress = seen)
}
