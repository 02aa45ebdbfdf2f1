// What a page has beyond its record: where it is scrolled to, what was typed.

package io.pmi.app.ui.shell

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.SaveableStateHolder
import androidx.compose.runtime.saveable.rememberSaveableStateHolder

/** It is kept while one can go back to the page, and forgotten once that is left: a form is empty when it is opened again. */
@Composable
internal fun rememberKept(stack: BackStack): SaveableStateHolder {
    val kept = rememberSaveableStateHolder()
    val known = remember(stack) { mutableSetOf<Destination>() }
    LaunchedEffect(stack.all) {
        val gone = known - stack.all.toSet()
        gone.forEach { kept.removeState("$it") }
        known.removeAll(gone)
        known.addAll(stack.all)
    }
    return kept
}
