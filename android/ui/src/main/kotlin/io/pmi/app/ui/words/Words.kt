// Everything that is shown as words: the one place where texts, quantities and times become what a person reads.

package io.pmi.app.ui.words

import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import io.pmi.app.design.Counted
import io.pmi.app.design.Label
import io.pmi.app.design.Language
import io.pmi.app.design.pattern
import io.pmi.app.design.say
import io.pmi.core.Day
import io.pmi.core.Quantity
import io.pmi.core.Text
import io.pmi.core.TextArg
import io.pmi.core.WallTime
import io.pmi.toLocalDate
import io.pmi.toZonedDateTime
import java.text.NumberFormat
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.time.temporal.TemporalAccessor
import java.util.Locale

/** What is said in this language, with times of this zone. [today] tells which moments need no day beside them. */
class Words(
    val language: Language,
    private val zone: ZoneId = ZoneId.systemDefault(),
    private val today: () -> LocalDate = { LocalDate.now(zone) },
) {
    private val locale: Locale = Locale.forLanguageTag("${language.tag}-IN")
    private val dates = DateTimeFormatter.ofPattern("EEE, d MMM", locale)
    private val datesOfAnyYear = DateTimeFormatter.ofPattern("d MMM yyyy", locale)
    private val times = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale)
    private val weekdays = DateTimeFormatter.ofPattern("EEE", locale)
    private val months = DateTimeFormatter.ofPattern("MMM", locale)

    /** One of the app's own texts, with these in its places. */
    fun say(label: Label, vararg places: String): String = fill(language.say(label), places.asList())

    /** So many of something. */
    fun count(what: Counted, count: Long): String = fill(language.pattern(what, count), listOf(number(count.toDouble(), 0)))

    /** A text of the core. */
    fun text(text: Text): String = fill(language.pattern(text.key), text.args.map(::place))

    /** A number with its unit. */
    fun quantity(quantity: Quantity): String =
        fill(language.pattern(quantity.unit, quantity.value), listOf(number(quantity.value, quantity.decimals.toInt())))

    /** A moment by this device's clock; without its day if that is today. */
    fun moment(at: Instant): String {
        val here = at.atZone(zone)
        val time = time(here)
        return if (here.toLocalDate() == today()) time else "${date(here.toLocalDate())}, $time"
    }

    /** A moment's day by this device's clock, as a heading of a group. */
    fun dayOf(at: Instant?): String {
        val day = at?.atZone(zone)?.toLocalDate()
        return when (day) {
            null -> say(Label.NO_DATE)
            today() -> say(Label.TODAY)
            today().minusDays(1) -> say(Label.YESTERDAY)
            else -> datesOfAnyYear.format(day)
        }
    }

    /** A time with the digits of its place. */
    fun wall(at: WallTime): String = at.toZonedDateTime().let { "${date(it.toLocalDate())}, ${time(it)}" }

    /** The time of day alone, with the digits of its place. */
    fun clock(at: WallTime): String = time(at.toZonedDateTime())

    /** A time of day. */
    fun clock(at: LocalTime): String = time(at)

    /** A day, with its year. */
    fun day(day: Day): String = datesOfAnyYear.format(day.toLocalDate())

    /** A day as a tile of a calendar shows it: above, large, below. */
    fun tile(day: LocalDate): Triple<String, String, String> =
        Triple(weekdays.format(day), number(day.dayOfMonth.toDouble(), 0), months.format(day))

    /** On one line: what stands behind the digits belongs to them. */
    private fun time(at: TemporalAccessor): String = times.format(at).replace(' ', '\u00a0')

    /** The year is said of others than this one. */
    private fun date(day: LocalDate) = (if (day.year == today().year) dates else datesOfAnyYear).format(day)

    private fun place(arg: TextArg): String = when (arg) {
        is TextArg.Count -> number(arg.count.toDouble(), 0)
        is TextArg.Words -> arg.text
        is TextArg.Key -> language.pattern(arg.key)
        is TextArg.Quantity -> quantity(arg.quantity)
        is TextArg.Moment -> moment(arg.at)
        is TextArg.Wall -> wall(arg.at)
    }

    private fun number(value: Double, decimals: Int): String = NumberFormat.getInstance(locale).apply {
        minimumFractionDigits = decimals
        maximumFractionDigits = decimals
    }.format(value)

    private fun fill(pattern: String, places: List<String>): String =
        places.foldIndexed(pattern) { number, text, place -> text.replace("{$number}", place) }
}

/** The words of the app that is drawn. */
val LocalWords: ProvidableCompositionLocal<Words> = staticCompositionLocalOf { Words(Language.ENGLISH) }
