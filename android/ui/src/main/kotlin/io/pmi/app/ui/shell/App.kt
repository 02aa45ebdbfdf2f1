// The whole app.

package io.pmi.app.ui.shell

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.key
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontFamily
import io.pmi.app.design.Language
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.Look
import io.pmi.app.ui.screens.ForgottenPasswordPage
import io.pmi.app.ui.screens.RegisterPage
import io.pmi.app.ui.screens.SignInPage
import io.pmi.app.ui.screens.WelcomePage
import io.pmi.app.ui.words.LocalWords
import io.pmi.app.ui.words.Words
import io.pmi.core.Start
import io.pmi.core.Welcome
import io.pmi.core.WelcomeIntent

/** The app on this system. [back] hears the system's gesture; [family] is the device's own font by default. */
@Composable
fun App(
    state: AppState,
    outside: Outside,
    back: BackHook = { _, _ -> },
    family: FontFamily? = null,
    words: (Language) -> Words = ::Words,
) {
    val reaching = remember(state, outside) { Reaching(outside, state) }
    Look(state.appearance, family) {
        CompositionLocalProvider(LocalWords provides remember(state.language) { words(state.language) }, LocalOutside provides reaching, LocalLogBook provides state.log) {
            Box(Modifier.fillMaxSize().background(LocalPalette.current.background).safeDrawingPadding()) {
                state.failure?.let { Crash(it, state::tryAgain) } ?: Begun(state, back)
            }
        }
    }
}

/** Whoever is to sign in is signed out of what is shown: the beginning says so by itself. In the demo it begins anew. */
private class Reaching(outside: Outside, private val state: AppState) : Outside by outside {
    override fun signIn() = state.door.to(Destination.SignIn)
}

@Composable
private fun Begun(state: AppState, back: BackHook) = Column {
    val client = state.shown
    state.demo?.let { DemoBar(it, state::endDemo) }
    Box(Modifier.weight(1f)) {
        // The same in the next process, where the client is another: what was typed is found by it.
        key(state.demo != null) {
            Bind(client, client::openWelcome) { record, send ->
                // Who comes in again begins at the beginning, on either side of the door. Until it is known who is there, nothing is left.
                LaunchedEffect(record.start) {
                    when (record.start) {
                        Start.HOME -> state.door.root(Destination.Welcome)
                        Start.WELCOME -> state.home.root(Destination.Garage)
                        Start.DECIDING, Start.UNLOCK -> {}
                    }
                }
                if (record.start == Start.HOME) Home(state, back) else Door(state, record, send, back)
            }
        }
    }
}

/** Where nobody is signed in. */
@Composable
private fun Door(state: AppState, welcome: Welcome, send: (WelcomeIntent) -> Unit, hook: BackHook) {
    val client = state.shown
    val stack = state.door
    val back = stack::back
    val demo = state::beginDemo
    val kept = rememberKept(stack)
    Backing(stack, hook) { one ->
        kept.SaveableStateProvider("$one") {
            when (one.takeIf { welcome.start == Start.WELCOME }) {
                Destination.SignIn -> Bind(Destination.SignIn, client::openSignIn) { record, tell ->
                    SignInPage(record, tell, back, { stack.to(Destination.ForgottenPassword) }, { stack.instead(Destination.Register) }, demo)
                }
                Destination.Register -> Bind(Destination.Register, client::openRegister) { record, tell ->
                    RegisterPage(record, tell, back) { stack.instead(Destination.SignIn) }
                }
                Destination.ForgottenPassword -> Bind(Destination.ForgottenPassword, client::openForgottenPassword) { record, tell ->
                    ForgottenPasswordPage(record, tell, back) { stack.to(Destination.SignIn) }
                }
                else -> WelcomePage(welcome, send, { stack.to(Destination.SignIn) }, { stack.to(Destination.Register) }, demo)
            }
        }
    }
}
