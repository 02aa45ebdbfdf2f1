// The error boundary: what threw is shown, reported and tried again.

package io.pmi.app.ui.shell

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.say
import io.pmi.core.Tone

/** In the place of what threw. */
@Composable
fun Crash(failure: Throwable, again: () -> Unit) = Box(
    Modifier.fillMaxSize().background(LocalPalette.current.background).verticalScroll(rememberScrollState()),
    Alignment.Center,
) {
    Notice(Icon.CRITICAL, say(Label.CRASH_TITLE), say(Label.CRASH_BODY), tone = Tone.CRITICAL) {
        MainButton(say(Label.CRASH_RETRY), icon = Icon.REFRESH, onPress = again)
        ReportButton(failure)
    }
}

/** Gives what failed to support, by whichever way the person chooses. */
@Composable
internal fun ReportButton(failure: Throwable) {
    val outside = LocalOutside.current
    val log = LocalLogBook.current
    SideButton(say(Label.CRASH_REPORT), Modifier.fillMaxWidth(), icon = Icon.SHARE) { outside.sendReport(log.report(failure)) }
}
