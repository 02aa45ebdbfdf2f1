package io.pmi.app.ui.walks

import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelectable
import io.pmi.BY_TESTS
import io.pmi.Dialect
import io.pmi.KeyStore
import io.pmi.PmiClient
import io.pmi.PmiConfig
import io.pmi.Server
import io.pmi.app.design.Label
import io.pmi.device
import io.pmi.shownGarage
import io.pmi.signIn
import java.time.Instant
import java.time.LocalDate
import java.time.YearMonth
import java.time.ZoneId
import java.time.temporal.ChronoUnit
import org.junit.Assert.assertEquals
import org.junit.Test

/** The form for a booking, where it is not filled in right, and where what it asks for is not to be had. */
class BookTest : Walk() {
    @Test
    fun `what is missing or wrong is said, and nothing is sent`() = signedIn(photo = "no picture".toByteArray()) {
        hand.presses(Label.TAB_BOOKINGS)
        hand.pressesIcon(Label.BOOKINGS_NEW)
        hand.presses(Label.BOOK_SUBMIT)
        for (missing in listOf("Choose a service", "Choose a service centre", "Choose a day")) {
            hand.scrollsTo(missing)
            hand.hears(missing)
        }
        hand.writes(Label.BOOK_NOTES, "a".repeat(1001))
        hand.hears("At most 1,000 characters")
        hand.presses(Label.BOOK_ADD_PHOTO)
        hand.hears("Only JPEG, PNG, WebP and HEIC pictures can be added")
        hand.presses(Label.BOOK_SUBMIT)
        hand.pulls()
        hand.scrollsTo("Choose a service centre")
        assertEquals(0, server.asked("POST", "/api/bookings"))
    }

    @Test
    fun `a photo is taken out again`() = signedIn(photo = DayTest.JPEG + ByteArray(20_000)) {
        val vehicle = behind { client.shownGarage() }.vehicles.single().name
        hand.presses(Label.TAB_BOOKINGS)
        hand.pressesIcon(Label.BOOKINGS_NEW)
        hand.sees(vehicle)
        fillsIn(ahead = 1, hour = 10, withPhoto = true)
        hand.presses(Label.BOOK_ADD_PHOTO)
        hand.scrollsTo("Photo 2, ")
        hand.presses(hasContentDescription("Remove photo 1"))
        hand.seesNoMore("Photo 1, ")
        hand.presses(hasText(vehicle, substring = true) and isSelectable())
        hand.presses(Label.BOOK_SUBMIT)
        isSent(1)
        hand.scrollsTo("1 photo")
    }

    @Test
    fun `s24 a time that was taken meanwhile is exchanged for a free one with a tap`() = signedIn {
        books(ahead = 2, hour = 10)
        isSent(1)
        val center = Regex(""""center_id":(\d+)[^{}]*"notes":"$BY_TESTS""").find(server.control("GET", "bookings?customer_id=${person.id}", ""))!!
        client.setNetwork(false)
        books(ahead = 2, hour = 10)
        hand.hears("Waiting for a connection")
        server.hasRoomFor(center.groupValues[1].toInt(), vehicles = 1)
        client.setNetwork(true)
        hand.scrollsTo("This time has been taken")
        hand.scrollsTo(Label.BOOKING_FREE_INSTEAD)
        val free = (hasText("\u00a0am", substring = true) or hasText("\u00a0pm", substring = true)) and hasClickAction()
        hand.presses(free)
        isSent(2)
        assertEquals("at two times", 2, server.booked(person).map { it.wallTime }.toSet().size)
        hand.seesNoMore(Label.BOOKINGS_DECISIONS)
    }

    /** On a server without free times the time is typed: also one that its clocks skip or show twice. */
    @Test
    fun `s28 which of two times is meant is asked`() = Server.start(Dialect.V1).use { server ->
        abroad(server).use { client ->
            val person = server.people[0]
            check(behind { client.signIn(person.email, person.password) }.done)
            hand.holds(client)
            hand.presses(Label.TAB_BOOKINGS)
            hand.pressesIcon(Label.BOOKINGS_NEW)
            hand.presses("General service")
            hand.scrollsTo("Times of $BERLIN")
            val change = ZoneId.of(BERLIN).rules.nextTransition(Instant.now().plus(1, ChronoUnit.DAYS))
            choosesFar(change.dateTimeBefore.toLocalDate())
            hand.presses(Label.BOOK_CHOOSE_TIME)
            hand.setsTime(hour = 2)
            hand.hears(if (change.isGap) "The clocks skip this time" else "The clocks show this time twice")
            hand.sees(Label.BOOK_WHICH_TIME)
            hand.presses(hasText(if (change.isGap) "3:00\u00a0am" else "2:00\u00a0am", substring = true) and isSelectable())
            hand.writes(Label.BOOK_NOTES, BY_TESTS)
            hand.presses(Label.BOOK_SUBMIT)
            hand.waits("the server has it") { server.booked(person).size == 1 }
            val digits = if (change.isGap) change.dateTimeAfter else change.dateTimeAfter.withMinute(0)
            assertEquals("$digits:00", server.booked(person).single().wallTime)
            hand.putsDown()
        }
    }

    /** Turns the calendar to that day. */
    private fun choosesFar(day: LocalDate) {
        hand.pressesIcon(Label.PICK_DAY)
        val months = ChronoUnit.MONTHS.between(YearMonth.now(ZoneId.of(BERLIN)), YearMonth.from(day))
        repeat(months.toInt()) { hand.presses(hasContentDescription("Change to next month")) }
        hand.presses(hasText("${day.dayOfMonth}, ${day.year}", substring = true) and hasClickAction())
        hand.presses(Label.DONE)
    }

    private fun abroad(server: Server): PmiClient = device().let {
        PmiClient.open(PmiConfig(server.url, "$it/data", "$it/cache", keyStore = KeyStore.File("$it/keys"), centerTimeZone = BERLIN))
    }

    private companion object {
        const val BERLIN = "Europe/Berlin"
    }
}
