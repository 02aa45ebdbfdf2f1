// Fixed records, as the core makes them: what the pictures show.

package io.pmi.app.ui.samples

import io.pmi.core.BookingMark
import io.pmi.core.HealthMark
import io.pmi.core.Pending
import io.pmi.core.Phase
import io.pmi.core.PredictionMark
import io.pmi.core.Problem
import io.pmi.core.Quantity
import io.pmi.core.QuantityUnit
import io.pmi.core.Remedy
import io.pmi.core.SecretField
import io.pmi.core.Standing
import io.pmi.core.Text
import io.pmi.core.TextArg
import io.pmi.core.TextField
import io.pmi.core.TextKey
import io.pmi.core.Tone
import io.pmi.core.WallTime
import java.time.Instant
import java.time.LocalDate
import java.time.ZoneId

val ZONE: ZoneId = ZoneId.of("Asia/Kolkata")

/** 9:41 there. */
val NOW: Instant = Instant.parse("2026-11-22T04:11:00Z")

val TODAY: LocalDate = LocalDate.of(2026, 11, 22)

fun text(key: TextKey, vararg args: TextArg) = Text(key, args.asList())

fun words(text: String) = Text(TextKey.WORDS, listOf(TextArg.Words(text)))

fun field(value: String = "", problem: TextKey? = null) = TextField(value, problem?.let { text(it) })

fun secret(filled: Boolean = false, problem: TextKey? = null) = SecretField(filled, problem?.let { text(it) })

fun quantity(value: Number, unit: QuantityUnit, decimals: Int = 0) = Quantity(value.toDouble(), decimals.toUByte(), unit)

fun wall(day: Int, hour: Int, minute: Int = 0, month: Int = 11): WallTime {
    val at = LocalDate.of(2026, month, day).atTime(hour, minute).atZone(ZONE)
    return WallTime(
        at.toInstant(), at.year.toShort(), month.toUByte(), day.toUByte(), hour.toUByte(), minute.toUByte(), ZONE.id, at.offset.totalSeconds,
    )
}

val SHOWN = Standing(Phase.SHOWN, refreshing = false, asOf = NOW, stale = false, offline = false, line = null, problem = null)

val LOADING = SHOWN.copy(phase = Phase.FIRST_LOAD, refreshing = true, asOf = null)

val EMPTY = SHOWN.copy(phase = Phase.EMPTY)

val OFFLINE = SHOWN.copy(stale = true, offline = true, line = text(TextKey.STANDING_AS_OF_OFFLINE, TextArg.Moment(NOW)))

/** Older than it should be, and no newer one has come yet. */
val STALE = SHOWN.copy(stale = true, refreshing = true, line = text(TextKey.STANDING_AS_OF, TextArg.Moment(NOW.minusSeconds(40_000))))

val UNREACHED = Problem(text(TextKey.PROBLEM_NO_NETWORK), Remedy.Retry, null)

val BROKEN = Problem(text(TextKey.PROBLEM_SERVER), Remedy.Retry, "req-7f3a91")

val FAILED = SHOWN.copy(phase = Phase.FAILED, asOf = null, problem = BROKEN)

/** Nothing was ever heard, and nobody can be reached. */
val UNREACHABLE = FAILED.copy(offline = true, line = text(TextKey.STANDING_OFFLINE), problem = UNREACHED)

/** Something is shown, and the newer answer did not come. */
val TROUBLED = SHOWN.copy(stale = true, line = text(TextKey.STANDING_AS_OF, TextArg.Moment(NOW)), problem = BROKEN)

fun health(score: Int, key: TextKey, tone: Tone) = HealthMark(quantity(score, QuantityUnit.PLAIN), text(key), tone)

val CRITICAL_HEALTH = health(41, TextKey.HEALTH_CRITICAL, Tone.CRITICAL)

val GOOD_HEALTH = health(93, TextKey.HEALTH_HEALTHY, Tone.GOOD)

fun prediction(component: TextKey, likely: Int, severity: TextKey, tone: Tone, days: Int?) = PredictionMark(
    text(component), quantity(likely, QuantityUnit.PERCENT), text(severity), tone, days?.let { quantity(it, QuantityUnit.DAYS) },
)

val BRAKES_FAIL = prediction(TextKey.COMPONENT_BRAKES, 82, TextKey.SEVERITY_HIGH, Tone.CRITICAL, 5)

val BATTERY_FAILS = prediction(TextKey.COMPONENT_BATTERY, 46, TextKey.SEVERITY_MEDIUM, Tone.WARNING, 31)

fun pending(key: TextKey, tone: Tone = Tone.NEUTRAL, percent: Int? = null) =
    Pending(7, text(key), tone, NOW, null, percent?.toUByte())

val BRAKE_SERVICE = BookingMark(
    "17", text(TextKey.SERVICE_BRAKE), wall(24, 10), text(TextKey.BOOKING_CONFIRMED), Tone.GOOD, null,
)

val OLD_SERVICE = BookingMark(
    "9", text(TextKey.SERVICE_OIL_CHANGE), wall(14, 15, 30, 8), text(TextKey.BOOKING_COMPLETED), Tone.NEUTRAL, null,
)
