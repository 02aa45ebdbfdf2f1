package io.pmi.app.ui.walks

import io.pmi.Dialect
import io.pmi.app.design.Label
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.junit.runners.Parameterized

/** What can be told to support. */
@RunWith(Parameterized::class)
class DiagnosticsTest(private val dialect: Dialect) : Walk() {
    @Test
    fun `how things stand is shown, and a report without a person in it is shared`() = signedIn(dialect) {
        losesTheNetwork()
        books(ahead = 2, hour = 10)
        hand.presses(Label.TAB_ACCOUNT)
        hand.presses(Label.DIAGNOSTICS_TITLE)
        hand.sees(if (dialect == Dialect.V1) "Version 1" else "Version 2")
        hand.scrollsTo(Label.DIAGNOSTICS_OUTBOX_WAITING)
        findsTheNetwork()
        hand.waits("it was sent") { server.booked(person).size == 1 }
        hand.pulls()
        hand.sees("Online")
        hand.presses(Label.DIAGNOSTICS_EXPORT)
        hand.presses(Label.ACCOUNT_EXPORT_SAVE)
        hand.seesNoMore(Label.ACCOUNT_EXPORT_SAVE)
        val report = phone.shared.single().content
        assertTrue(report.length > 200)
        for (secret in listOf(person.email, person.password)) assertFalse(report.contains(secret))
        hand.presses(Label.DIAGNOSTICS_EXPORT)
        hand.sees(Label.ACCOUNT_EXPORT_SAVE)
        hand.pressesIcon(Label.CLOSE)
        hand.seesNoMore(Label.ACCOUNT_EXPORT_SAVE)
        assertEquals(1, phone.shared.size)
        hand.pressesIcon(Label.BACK)
        hand.sees(Label.ACCOUNT_TITLE)
    }

    companion object {
        @JvmStatic
        @Parameterized.Parameters(name = "{0}")
        fun dialects() = Dialect.entries
    }
}
