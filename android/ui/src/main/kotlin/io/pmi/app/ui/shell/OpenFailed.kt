// In the place of the app where its files cannot be opened.

package io.pmi.app.ui.shell

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import io.pmi.PmiException
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.Look
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.app.ui.words.Words
import io.pmi.core.Tone
import io.pmi.problem

/** There is no client. [failure] is why. */
@Composable
fun OpenFailed(language: Language, failure: Throwable, outside: Outside, log: LogBook, again: () -> Unit) = Look(Appearance.SYSTEM) {
    val problem = (failure as? PmiException)?.problem
    CompositionLocalProvider(LocalWords provides Words(language), LocalOutside provides outside, LocalLogBook provides log) {
        Box(Modifier.fillMaxSize().background(LocalPalette.current.background).verticalScroll(rememberScrollState()), Alignment.Center) {
            Notice(Icon.CRITICAL, say(Label.OPEN_FAILED_TITLE), say(Label.OPEN_FAILED_BODY), tone = Tone.CRITICAL) {
                problem?.let { ProblemLine(it, again) }
                MainButton(say(Label.REMEDY_RETRY), icon = Icon.REFRESH, onPress = again)
                ReportButton(failure)
            }
        }
    }
}
