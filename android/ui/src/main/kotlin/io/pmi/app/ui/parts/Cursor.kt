// Where a form leads to when it could not be sent.

package io.pmi.app.ui.parts

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.focus.FocusRequester

/** Goes [to] where a form was stopped, whenever that was once more: [stops] counts. Not again because the page is. */
@Composable
fun Leads(stops: UInt, to: suspend () -> Unit) {
    var led by rememberSaveable { mutableStateOf(stops.toInt()) }
    LaunchedEffect(stops) {
        val isOnceMore = stops.toInt() != led && stops > 0u
        led = stops.toInt()
        if (isOnceMore) to()
    }
}

/** Sets the cursor into the field of a form that it was stopped at. */
class Cursor<F> {
    private val fields = mutableMapOf<F, FocusRequester>()

    /** For the field of this name. */
    fun at(name: F): FocusRequester = fields.getOrPut(name) { FocusRequester() }

    internal fun to(name: F) = fields[name]?.requestFocus()
}

/** The cursor of a form that was stopped at [fault]. */
@Composable
fun <F> rememberCursor(fault: F?, stops: UInt): Cursor<F> {
    val cursor = remember { Cursor<F>() }
    Leads(stops) { fault?.let(cursor::to) }
    return cursor
}
