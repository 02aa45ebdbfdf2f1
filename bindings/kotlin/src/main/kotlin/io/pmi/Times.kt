// Days and times as java.time has them: what a date picker gives and a formatter takes.

package io.pmi

import io.pmi.core.Day
import io.pmi.core.TimeOfDay
import io.pmi.core.WallTime
import java.time.DateTimeException
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneId
import java.time.ZoneOffset
import java.time.ZonedDateTime

/** The same day. */
public fun Day.toLocalDate(): LocalDate = LocalDate.of(year.toInt(), month.toInt(), day.toInt())

/**
 * The same day.
 *
 * @throws IllegalArgumentException its year is not between -9999 and 9999
 */
public fun LocalDate.toDay(): Day {
    require(year in -LAST_YEAR..LAST_YEAR) { "no such year: $year" }
    return Day(year.toShort(), monthValue.toUByte(), dayOfMonth.toUByte())
}

/** The same time. */
public fun TimeOfDay.toLocalTime(): LocalTime = LocalTime.of(hour.toInt(), minute.toInt())

/** The same time, without its seconds. */
public fun LocalTime.toTimeOfDay(): TimeOfDay = TimeOfDay(hour.toUByte(), minute.toUByte())

/**
 * The same moment with the same digits. Where this device does not know the zone, or knows it otherwise than the server's, it has the
 * offset in its place.
 */
public fun WallTime.toZonedDateTime(): ZonedDateTime {
    val offset = ZoneOffset.ofTotalSeconds(offsetSeconds)
    val known = try {
        at.atZone(ZoneId.of(zone))
    } catch (_: DateTimeException) {
        null
    }
    return known?.takeIf { it.offset == offset } ?: at.atZone(offset)
}

private const val LAST_YEAR = 9999
