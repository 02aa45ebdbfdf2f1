// A device that is none: the app's own process, activity and views, run by Robolectric.

package io.pmi.app

import android.os.Bundle
import android.os.Looper
import android.os.Parcel
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasScrollToNodeAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.ComposeTestRule
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performScrollToNode
import androidx.compose.ui.test.performTextReplacement
import androidx.test.core.app.ApplicationProvider
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.design.say
import java.time.Duration
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

class Device(private val rule: ComposeTestRule) {
    val app: PmiApp get() = ApplicationProvider.getApplicationContext()

    lateinit var shown: ActivityController<MainActivity>
        private set

    val activity: MainActivity get() = shown.get()

    /** The person opens the app; [kept] is what the system has of it. */
    fun opens(kept: Bundle? = null) {
        shown = Robolectric.buildActivity(MainActivity::class.java)
        if (kept == null) shown.setup() else shown.create(kept).start().restoreInstanceState(kept).postCreate(kept).resume().visible().topActivityResumed(true)
    }

    /** The app goes into the background, and the system ends its process. Gives what it keeps, as bytes would. */
    fun ends(): Bundle {
        val kept = Bundle()
        shown.pause().stop().saveInstanceState(kept).destroy()
        passes()
        app.client?.close()
        val bytes = Parcel.obtain().apply { writeBundle(kept) }.marshall()
        return Parcel.obtain().run {
            unmarshall(bytes, 0, bytes.size)
            setDataPosition(0)
            checkNotNull(readBundle(MainActivity::class.java.classLoader))
        }
    }

    /** The process anew, as far as the app keeps anything in it. */
    fun begins() = app.open()

    /** A frame. */
    fun passes() = shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(FRAME))

    fun waits(why: String, until: () -> Boolean) {
        val end = System.nanoTime() + PATIENCE
        while (!until()) {
            check(System.nanoTime() < end) { "not in time: $why\n${tree()}" }
            passes()
            // What the core does, it does on threads of its own.
            Thread.yield()
        }
    }

    fun words(label: Label): String = Language.ENGLISH.say(label)

    fun sees(matcher: SemanticsMatcher) = waits(matcher.description) { isThere(matcher) }

    fun sees(label: Label) = sees(hasText(words(label)))

    fun sees(text: String) = sees(hasText(text, substring = true))

    fun isThere(matcher: SemanticsMatcher) = rule.onAllNodes(matcher).fetchSemanticsNodes(false).isNotEmpty()

    /** It is on the page, which may have to be scrolled to it. */
    fun shows(matcher: SemanticsMatcher) {
        found(matcher)
    }

    fun presses(label: Label) = presses(hasText(words(label)) and hasClickAction())

    fun pressesIcon(label: Label) = presses(hasContentDescription(words(label)) and hasClickAction())

    fun presses(matcher: SemanticsMatcher) {
        found(matcher).performClick()
        passes()
    }

    fun writes(label: Label, text: String) {
        found(field(label)).performTextReplacement(text)
        passes()
    }

    fun field(label: Label) = hasSetTextAction() and hasText(words(label), substring = true)

    /** It, scrolled to. */
    private fun found(matcher: SemanticsMatcher): SemanticsNodeInteraction {
        val list = hasScrollToNodeAction()
        waits(matcher.description) {
            isThere(matcher) || (isThere(list) && runCatching { rule.onAllNodes(list).onFirst().performScrollToNode(matcher) }.isSuccess)
        }
        val node = rule.onAllNodes(matcher).onFirst()
        runCatching { node.performScrollTo() }
        passes()
        return node
    }

    private fun tree() = runCatching {
        rule.onAllNodes(SemanticsMatcher("any") { true }).fetchSemanticsNodes(false).joinToString("\n") { it.config.toString() }
    }.getOrElse { it.toString() }

    private companion object {
        const val FRAME = 16L
        const val PATIENCE = 15_000_000_000L
    }
}
