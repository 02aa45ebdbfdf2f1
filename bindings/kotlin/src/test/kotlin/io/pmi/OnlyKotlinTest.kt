package io.pmi

import io.pmi.core.AccountField
import io.pmi.core.AccountIntent
import io.pmi.core.Day
import io.pmi.core.SignInIntent
import io.pmi.core.TextArg
import io.pmi.core.TextField
import io.pmi.core.TimeOfDay
import io.pmi.core.WallTime
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneId
import java.time.ZoneOffset
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** What Kotlin alone has. */
class OnlyKotlinTest {
    @Test
    fun `what a person typed is in no text of a record or an intent`() {
        assertEquals("Password(text=***)", SignInIntent.Password("a secret").toString())
        assertEquals("Change(field=PHONE, text=***)", AccountIntent.Change(AccountField.PHONE, "a secret").toString())
        assertEquals("TextField(value=***, problem=null)", TextField("a secret", null).toString())
        assertEquals("Words(text=***)", TextArg.Words("a secret").toString())
        assertEquals("Submit", SignInIntent.Submit.toString())
    }

    @Test
    fun `days and times are those of java time`() {
        assertEquals(LocalDate.of(2028, 2, 29), Day(2028, 2u, 29u).toLocalDate())
        assertEquals(Day(-1, 12u, 31u), LocalDate.of(-1, 12, 31).toDay())
        assertThrows<IllegalArgumentException> { LocalDate.of(10_000, 1, 1).toDay() }
        assertEquals(LocalTime.of(23, 59), TimeOfDay(23u, 59u).toLocalTime())
        assertEquals(TimeOfDay(0u, 0u), LocalTime.MIDNIGHT.withSecond(59).toTimeOfDay())
    }

    @Test
    fun `a wall time keeps its digits in every zone`() {
        val at = Instant.parse("2026-12-25T04:35:00Z")
        fun wall(zone: String, offsetSeconds: Int) = WallTime(at, 2026, 12u, 25u, 10u, 5u, zone, offsetSeconds).toZonedDateTime()
        assertEquals(at.atZone(ZoneId.of("Asia/Kolkata")), wall("Asia/Kolkata", 19_800))
        val offset = at.atZone(ZoneOffset.ofHoursMinutes(5, 30))
        for (zone in listOf("+05:30", "Asia/Unheard_Of", "no zone", "Europe/Berlin")) {
            assertEquals(offset.toLocalDateTime(), wall(zone, 19_800).toLocalDateTime(), zone)
        }
    }
}
