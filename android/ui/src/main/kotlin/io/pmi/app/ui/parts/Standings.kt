// How what is shown stands: skeletons, the line that says how old it is, the problem with its one remedy, and pulling to refresh.

package io.pmi.app.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.LinearProgressIndicator
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.drawBehind
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.design.of
import io.pmi.app.design.softOf
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.shell.LocalOutside
import io.pmi.app.ui.shell.Outside
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Phase
import io.pmi.core.Problem
import io.pmi.core.Remedy
import io.pmi.core.Standing
import io.pmi.core.Tone

/** A list that stands so. [empty] is drawn where there is nothing in it, [content] where there is, [below] under either and always. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun Listing(
    standing: Standing,
    refresh: () -> Unit,
    modifier: Modifier = Modifier,
    empty: @Composable () -> Unit = {},
    skeleton: @Composable () -> Unit = { Skeletons() },
    place: LazyListState = rememberLazyListState(),
    below: LazyListScope.() -> Unit = {},
    content: LazyListScope.() -> Unit,
) {
    // Who cannot pull has it among the actions of the list.
    val asks = CustomAccessibilityAction(say(Label.REFRESH)) {
        refresh()
        true
    }
    PullToRefreshBox(false, refresh, modifier.fillMaxSize().semantics { customActions = listOf(asks) }) {
        BoxWithConstraints {
            // In the middle of the room there is, or as high as it needs.
            val alone = Modifier.fillMaxWidth().heightIn(min = maxHeight.coerceAtMost(SCREEN) * 0.75f)
            Rows(place = place) {
                if (hasLine(standing)) item("standing") { StandingLine(standing, refresh) }
                when (standing.phase) {
                    Phase.FIRST_LOAD -> item("skeleton") { skeleton() }
                    Phase.SHOWN -> content()
                    Phase.EMPTY -> item("empty") { Box(alone, Alignment.Center) { empty() } }
                    Phase.FAILED -> item("failed") { Box(alone, Alignment.Center) { standing.problem?.let { ProblemCard(it, refresh) } } }
                }
                below()
            }
        }
        // A line over everything, where a circle would lie on what is read.
        if (standing.refreshing && standing.phase != Phase.FIRST_LOAD) LinearProgressIndicator(Modifier.fillMaxWidth())
    }
}

/** Whether it says how it stands above all it shows. */
fun hasLine(standing: Standing) = standing.line != null || standing.problem != null

/** Of what is higher, the upper part is looked at. */
private val SCREEN = 900.dp

/** Rows below each other, as wide as is good to read. */
@Composable
fun Rows(modifier: Modifier = Modifier, place: LazyListState = rememberLazyListState(), content: LazyListScope.() -> Unit) =
    Box(modifier.fillMaxSize(), Alignment.TopCenter) {
        LazyColumn(
            Modifier.widthIn(max = Size.column).fillMaxSize(),
            place,
            contentPadding = PaddingValues(Space.m, Space.s, Space.m, Space.xl),
            verticalArrangement = Arrangement.spacedBy(Space.m),
            content = content,
        )
    }

/** How old what is shown is, that the server cannot be reached, and what went wrong: nothing, mostly. */
@Composable
fun StandingLine(standing: Standing, retry: () -> Unit) {
    if (standing.phase == Phase.FAILED) return
    val words = LocalWords.current
    Column(Modifier.fillMaxWidth(), Arrangement.spacedBy(Space.s)) {
        standing.line?.let {
            Line(
                if (standing.offline) Icon.OFFLINE else Icon.CLOCK,
                words.text(it),
                Modifier.semantics(mergeDescendants = true) { liveRegion = LiveRegionMode.Polite },
            )
        }
        standing.problem?.let { ProblemLine(it, retry) }
    }
}

/** What went wrong, on its own, with the one thing to do. */
@Composable
fun ProblemCard(problem: Problem, retry: () -> Unit, modifier: Modifier = Modifier) =
    Notice(Icon.WARNING, LocalWords.current.text(problem.text), null, modifier.semantics { liveRegion = LiveRegionMode.Polite }, Tone.WARNING) {
        RemedyButton(problem, retry, TextAlign.Center)
    }

/** What went wrong, beside what is shown. */
@Composable
fun ProblemLine(problem: Problem, retry: () -> Unit, modifier: Modifier = Modifier) =
    Block(modifier.semantics { liveRegion = LiveRegionMode.Polite }, Tone.WARNING) {
        Line(Icon.WARNING, LocalWords.current.text(problem.text), color = LocalPalette.current.warning)
        RemedyButton(problem, retry)
    }

@Composable
private fun RemedyButton(problem: Problem, retry: () -> Unit, align: TextAlign? = null) {
    val outside = LocalOutside.current
    val words = LocalWords.current
    problem.requestId?.let { Quiet(words.say(Label.REQUEST_ID, it), align = align) }
    when (val remedy = problem.remedy) {
        Remedy.Nothing -> {}
        is Remedy.Wait -> Quiet(words.say(Label.REMEDY_WAIT, words.moment(remedy.until)), align = align)
        else -> SideButton(words.say(label(remedy))) { act(remedy, problem, outside, retry) }
    }
}

private fun label(remedy: Remedy): Label = when (remedy) {
    Remedy.Nothing, is Remedy.Wait, Remedy.Retry -> Label.REMEDY_RETRY
    Remedy.SignIn -> Label.REMEDY_SIGN_IN
    Remedy.Unlock -> Label.REMEDY_UNLOCK
    Remedy.OpenBrowser -> Label.REMEDY_OPEN_BROWSER
    Remedy.ChangeNetwork -> Label.REMEDY_CHANGE_NETWORK
    Remedy.FreeSpace -> Label.REMEDY_FREE_SPACE
    Remedy.UpdateApp -> Label.REMEDY_UPDATE_APP
    Remedy.RestartApp -> Label.REMEDY_RESTART_APP
    Remedy.ContactSupport -> Label.REMEDY_CONTACT_SUPPORT
}

private fun act(remedy: Remedy, problem: Problem, outside: Outside, retry: () -> Unit) = when (remedy) {
    Remedy.Nothing, is Remedy.Wait, Remedy.Retry, Remedy.Unlock -> retry()
    Remedy.SignIn -> outside.signIn()
    Remedy.OpenBrowser -> outside.openBrowser()
    Remedy.ChangeNetwork -> outside.changeNetwork()
    Remedy.FreeSpace -> outside.freeSpace()
    Remedy.UpdateApp -> outside.updateApp()
    Remedy.RestartApp -> outside.restartApp()
    Remedy.ContactSupport -> outside.contactSupport(problem.requestId)
}

/** A picture, a sentence, and the one thing to do. The [picture] is the icon, large, where no other is given. */
@Composable
fun Notice(
    icon: Icon,
    title: String,
    body: String?,
    modifier: Modifier = Modifier,
    tone: Tone = Tone.NEUTRAL,
    picture: @Composable () -> Unit = { Emblem(icon, tone) },
    action: @Composable () -> Unit = {},
) {
    val palette = LocalPalette.current
    Column(
        modifier.fillMaxWidth().padding(vertical = Space.xl, horizontal = Space.m),
        Arrangement.spacedBy(Space.m),
        Alignment.CenterHorizontally,
    ) {
        picture()
        androidx.compose.material3.Text(title, color = palette.text, style = LocalType.current.heading, textAlign = TextAlign.Center)
        if (body != null) Body(body, color = palette.textQuiet, align = TextAlign.Center)
        action()
    }
}

/** An icon on its soft ground, with a few dots around it. */
@Composable
private fun Emblem(icon: Icon, tone: Tone) {
    val palette = LocalPalette.current
    val calm = tone == Tone.NEUTRAL
    val (ink, ground) = if (calm) palette.accent to palette.accentSoft else palette.of(tone) to palette.softOf(tone)
    Box(
        Modifier.size(Size.iconLarge * 2).drawBehind {
            val middle = size.width / 2
            drawCircle(ground, middle * 0.84f)
            for ((x, y, part) in DOTS) drawCircle(ground, middle * part, Offset(size.width * x, size.height * y))
            drawCircle(ink, middle * 0.05f, Offset(size.width * 0.93f, size.height * 0.3f))
        },
        Alignment.Center,
    ) { Sign(icon, tint = ink, size = Size.iconLarge) }
}

/** Where, as parts of the whole, and how large, as parts of its half. */
private val DOTS = listOf(Triple(0.04f, 0.24f, 0.08f), Triple(0.97f, 0.78f, 0.07f), Triple(0.1f, 0.9f, 0.05f))
