// Binds a screen of the core to what draws it: opens it, draws what it shows, closes it.

package io.pmi.app.ui.shell

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.RememberObserver
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import io.pmi.PmiException
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow

/** A screen of the core, whichever it is. */
class Opened<R : Any, I>(val now: () -> R, val records: Flow<R>, val send: (I) -> Unit, private val close: () -> Unit) : RememberObserver {
    override fun onRemembered() = Unit

    override fun onForgotten() = close()

    override fun onAbandoned() = close()
}

/**
 * Opens a screen as long as this is drawn, and draws each of its records. What the screen throws is reported, and shown with a way to try again:
 * it is opened anew then. A client that was closed has nothing to show any more, and that is no failure.
 */
@Composable
fun <R : Any, I> Bind(key: Any?, open: () -> Opened<R, I>, draw: @Composable (R, (I) -> Unit) -> Unit) {
    var tries by remember(key) { mutableIntStateOf(0) }
    val outside = LocalOutside.current
    var failure by remember(key, tries) { mutableStateOf<Throwable?>(null) }
    val fail = { thrown: Throwable ->
        if (thrown !is PmiException.Closed) {
            outside.report(thrown)
            failure = thrown
        }
    }
    val screen = remember(key, tries) { attempt(open, fail) }
    var record by remember(screen) { mutableStateOf(screen?.let { attempt(it.now, fail) }) }
    LaunchedEffect(screen) {
        try {
            screen?.records?.collect { record = it }
        } catch (cancelled: CancellationException) {
            throw cancelled
        } catch (thrown: Exception) {
            fail(thrown)
        }
    }
    val shown = record
    val thrown = failure
    when {
        thrown != null -> Crash(thrown) { tries++ }
        shown != null && screen != null -> draw(shown) { intent -> attempt({ screen.send(intent) }, fail) }
    }
}

private fun <T> attempt(body: () -> T, fail: (Throwable) -> Unit): T? = try {
    body()
} catch (thrown: Exception) {
    fail(thrown)
    null
}
