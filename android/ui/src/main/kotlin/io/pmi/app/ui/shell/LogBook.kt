// The last lines that the core said of itself, for a report after a failure.

package io.pmi.app.ui.shell

import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import io.pmi.LogLine

/** The last lines of the core's log. Nothing secret and nothing about a person is in them. */
class LogBook {
    private val lines = ArrayDeque<String>()

    @Synchronized
    fun add(line: LogLine) {
        if (lines.size == MOST) lines.removeFirst()
        lines.addLast("${line.at} ${line.level} ${line.target}: ${line.text}")
    }

    /** What to tell support: what threw, and what led to it. */
    @Synchronized
    fun report(failure: Throwable): String = (listOf(failure.where()) + lines).joinToString("\n")

    private companion object {
        /** Lines that are kept. */
        const val MOST = 200
    }
}

/** What threw and where, without its words, which can be about a person. */
fun Throwable.where(): String = generateSequence(this) { it.cause }.joinToString("\n") { thrown ->
    (listOf(thrown.javaClass.name) + thrown.stackTrace.take(FRAMES)).joinToString("\n  at ")
}

/** Of each that threw. */
private const val FRAMES = 40

val LocalLogBook: ProvidableCompositionLocal<LogBook> = staticCompositionLocalOf { LogBook() }
