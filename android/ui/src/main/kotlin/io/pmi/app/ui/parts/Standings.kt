// How what is shown stands: skeletons, the line that says how old it is, the problem with its one remedy, and pulling to refresh.

package io.pmi.app.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.pulltorefresh.PullToRefreshBox
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Radius
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.design.of
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

/** A list that stands so. [empty] is drawn where there is nothing in it, [content] where there is. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun Listing(
    standing: Standing,
    refresh: () -> Unit,
    modifier: Modifier = Modifier,
    empty: @Composable () -> Unit = {},
    content: LazyListScope.() -> Unit,
) {
    // Who cannot pull has it among the actions of the list.
    val asks = CustomAccessibilityAction(say(Label.REFRESH)) {
        refresh()
        true
    }
    PullToRefreshBox(
        standing.refreshing && standing.phase != Phase.FIRST_LOAD,
        refresh,
        modifier.fillMaxSize().semantics { customActions = listOf(asks) },
    ) {
        Rows {
            if (standing.line != null || standing.problem != null) item("standing") { StandingLine(standing, refresh) }
            when (standing.phase) {
                Phase.FIRST_LOAD -> item("skeleton") { Skeletons() }
                Phase.SHOWN -> content()
                Phase.EMPTY -> item("empty") { empty() }
                Phase.FAILED -> item("failed") { standing.problem?.let { ProblemCard(it, refresh) } }
            }
        }
    }
}

/** Rows below each other, as wide as is good to read. */
@Composable
fun Rows(modifier: Modifier = Modifier, content: LazyListScope.() -> Unit) =
    Box(modifier.fillMaxSize(), Alignment.TopCenter) {
        LazyColumn(
            Modifier.widthIn(max = Size.column).fillMaxSize(),
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
        RemedyButton(problem, retry)
    }

/** What went wrong, beside what is shown. */
@Composable
fun ProblemLine(problem: Problem, retry: () -> Unit, modifier: Modifier = Modifier) =
    Block(modifier.semantics { liveRegion = LiveRegionMode.Polite }, Tone.WARNING) {
        Line(Icon.WARNING, LocalWords.current.text(problem.text), color = LocalPalette.current.warning)
        RemedyButton(problem, retry)
    }

@Composable
private fun RemedyButton(problem: Problem, retry: () -> Unit) {
    val outside = LocalOutside.current
    val words = LocalWords.current
    problem.requestId?.let { Quiet(words.say(Label.REQUEST_ID, it)) }
    when (val remedy = problem.remedy) {
        Remedy.Nothing -> {}
        is Remedy.Wait -> Quiet(words.say(Label.REMEDY_WAIT, words.moment(remedy.until)))
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

/** An icon, a sentence, and the one thing to do. */
@Composable
fun Notice(icon: Icon, title: String, body: String?, modifier: Modifier = Modifier, tone: Tone = Tone.NEUTRAL, action: @Composable () -> Unit = {}) {
    val palette = LocalPalette.current
    Column(
        modifier.fillMaxWidth().padding(vertical = Space.xl, horizontal = Space.m),
        Arrangement.spacedBy(Space.m),
        Alignment.CenterHorizontally,
    ) {
        Sign(icon, tint = palette.of(tone), size = Size.iconLarge)
        androidx.compose.material3.Text(title, color = palette.text, style = LocalType.current.heading, textAlign = TextAlign.Center)
        if (body != null) Body(body, color = palette.textQuiet, align = TextAlign.Center)
        action()
    }
}

/** What stands for what is still to come. */
@Composable
fun Skeletons(count: Int = 3) {
    Column(Modifier.fillMaxWidth().saysOnly(say(Label.LOADING)), Arrangement.spacedBy(Space.m)) {
        repeat(count) {
            Block {
                Bone(0.6f, 20.dp)
                Bone(0.35f, 14.dp)
                Bone(0.85f, 28.dp)
            }
        }
    }
}

@Composable
private fun Bone(part: Float, height: Dp) = Box(
    Modifier.fillMaxWidth(part).height(height).background(LocalPalette.current.skeleton, RoundedCornerShape(Radius.s)),
)
