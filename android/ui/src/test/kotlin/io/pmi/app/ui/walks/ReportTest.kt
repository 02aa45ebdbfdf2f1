package io.pmi.app.ui.walks

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.test.junit4.v2.createComposeRule
import io.pmi.KeyStore
import io.pmi.LogLevel
import io.pmi.LogLine
import io.pmi.PmiClient
import io.pmi.PmiConfig
import io.pmi.PmiException
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.look.Look
import io.pmi.app.ui.shell.Crash
import io.pmi.app.ui.shell.LocalLogBook
import io.pmi.app.ui.shell.LocalOutside
import io.pmi.app.ui.shell.LogBook
import io.pmi.app.ui.shell.NoOutside
import io.pmi.app.ui.shell.OpenFailed
import java.nio.file.Files
import java.time.Instant
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test

/** What failed can be given to support, and says nothing about a person. */
class ReportTest {
    @get:Rule
    val rule = createComposeRule()

    private val hand by lazy { Hand(rule) }
    private val outside = object : NoOutside() {
        val sent = mutableListOf<String>()
        var restarts = 0

        override fun sendReport(report: String) {
            sent.add(report)
        }

        override fun restartApp() {
            restarts++
        }
    }

    @Test
    fun `a report says where it was and what led to it, without the words of what threw`() {
        val log = LogBook().apply { add(line("refreshed")) }
        val failure = IllegalStateException("Asha Rao", RuntimeException("12 Church Street"))
        rule.setContent {
            Look(Appearance.LIGHT) {
                CompositionLocalProvider(LocalOutside provides outside, LocalLogBook provides log) { Crash(failure) {} }
            }
        }
        hand.presses(Label.CRASH_REPORT)
        val report = outside.sent.single()
        for (said in listOf("java.lang.IllegalStateException", "java.lang.RuntimeException", "ReportTest", "INFO session: refreshed")) {
            assertTrue(report, said in report)
        }
        for (theirs in listOf("Asha", "Church")) assertFalse(report, theirs in report)
    }

    @Test
    fun `the last two hundred lines are kept`() {
        val log = LogBook()
        repeat(203) { log.add(line("line $it.")) }
        val report = log.report(RuntimeException())
        assertTrue("line 2." !in report && "line 3." in report && "line 202." in report)
    }

    @Test
    fun `files that cannot be opened are said with the one thing to do`() {
        val file = Files.createTempFile("pmi-", "").toFile().apply { deleteOnExit() }
        val failure = assertThrows(PmiException.Storage::class.java) {
            PmiClient.open(PmiConfig("http://localhost:8800", "$file/data", "$file/cache", keyStore = KeyStore.Memory))
        }
        var tries = 0
        rule.setContent { OpenFailed(Language.ENGLISH, failure, outside, LogBook()) { tries++ } }
        hand.sees(Label.OPEN_FAILED_TITLE)
        hand.presses(Label.REMEDY_RESTART_APP)
        hand.presses(Label.REMEDY_RETRY)
        hand.presses(Label.CRASH_REPORT)
        assertEquals(Triple(1, 1, 1), Triple(outside.restarts, tries, outside.sent.size))
    }

    private fun line(text: String) = LogLine(Instant.EPOCH, LogLevel.INFO, "session", text)
}
