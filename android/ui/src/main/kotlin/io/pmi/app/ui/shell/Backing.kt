// The gesture back: the page follows the finger, and what is under it is seen; who thinks better of it has the page back.

package io.pmi.app.ui.shell

import androidx.compose.animation.core.CubicBezierEasing
import androidx.compose.animation.core.animate
import androidx.compose.animation.core.tween
import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.graphicsLayer
import androidx.compose.ui.input.pointer.PointerEventPass
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Space
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.launch

/** How far the finger is on its way back, from 0 to 1, and from which edge it came. */
class Pull(val part: Float, val fromLeft: Boolean)

/**
 * Hears the system's way back while it is enabled: predictive back on Android. What it calls is given the pulls of a gesture as they come; they
 * end when the person lets go, and are cancelled when the person thinks better of it. A button's have none.
 */
typealias BackHook = @Composable (enabled: Boolean, back: suspend (Flow<Pull>) -> Unit) -> Unit

/** Draws the destination that is shown, and while the gesture lasts the one below it, if that [isUnder] it. */
@Composable
internal fun Backing(stack: BackStack, hook: BackHook, isUnder: Boolean = true, page: @Composable (Destination) -> Unit) {
    val scope = rememberCoroutineScope()
    val gesture = remember(stack) { Gesture(scope, stack) }
    hook(stack.canGoBack, gesture::follow)
    val shown = stack.shown
    val under = stack.under.takeIf { gesture.lasts && isUnder }
    Box(Modifier.fillMaxSize()) {
        listOfNotNull(under, shown, gesture.left).distinct().forEach { one ->
            key(one) {
                val moved = if (one == gesture.moved) Modifier.pulled(gesture) else Modifier
                Box(if (one == shown) moved.testTag(SHOWN) else moved.onlySeen()) { page(one) }
            }
        }
    }
}

internal const val SHOWN = "shown"

/** One gesture after the other. */
private class Gesture(private val scope: CoroutineScope, private val stack: BackStack) {
    var lasts by mutableStateOf(false)
        private set

    /** What was left, as long as it is still seen. */
    var left by mutableStateOf<Destination?>(null)
        private set

    var part by mutableFloatStateOf(0f)
        private set

    var gone by mutableFloatStateOf(0f)
        private set

    var fromLeft by mutableStateOf(true)
        private set

    /** What follows the finger. */
    val moved: Destination? get() = left ?: stack.shown.takeIf { lasts }

    private var after: Job? = null

    suspend fun follow(pulls: Flow<Pull>) {
        rest()
        try {
            pulls.collect {
                lasts = true
                part = it.part
                fromLeft = it.fromLeft
            }
        } catch (cancelled: CancellationException) {
            after = scope.launch {
                animate(part, 0f, animationSpec = tween(RETURN)) { now, _ -> part = now }
                rest()
            }
            throw cancelled
        }
        // At once: what comes next is answered where the person is by then.
        left = stack.shown.takeIf { lasts }
        lasts = false
        stack.back()
        after = scope.launch {
            animate(0f, 1f, animationSpec = tween(LEAVE)) { now, _ -> gone = now }
            rest()
        }
    }

    private fun rest() {
        after?.cancel()
        lasts = false
        left = null
        part = 0f
        gone = 0f
    }

    private companion object {
        const val RETURN = 200
        const val LEAVE = 150
    }
}

/** Material's pattern: smaller, and a little to the side that the finger goes. */
private fun Modifier.pulled(gesture: Gesture) = graphicsLayer {
    val part = EASING.transform(gesture.part)
    scaleX = 1 - part * SMALLER
    scaleY = scaleX
    translationX = part * (size.width / SIDE - Space.s.toPx()) * if (gesture.fromLeft) 1 else -1
    alpha = 1 - gesture.gone
    shape = RoundedCornerShape(CORNER * part)
    clip = true
}

/** Not shown to whoever does not see it, and not to be pressed. */
private fun Modifier.onlySeen() = clearAndSetSemantics {}.pointerInput(Unit) {
    awaitEachGesture { awaitFirstDown(requireUnconsumed = false, pass = PointerEventPass.Initial).consume() }
}

private val EASING = CubicBezierEasing(0.1f, 0.1f, 0f, 1f)
private const val SMALLER = 0.1f
private const val SIDE = 20
private val CORNER = 28.dp
