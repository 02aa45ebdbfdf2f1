// The day and the time of a booking.

package io.pmi.app.ui.screens

import androidx.compose.foundation.horizontalScroll
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDefaults
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.SelectableDates
import androidx.compose.material3.Text
import androidx.compose.material3.TimeInput
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.material3.rememberTimePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Counted
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.look.LocalType
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Flowing
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.IconPress
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.Sheet
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Skeletons
import io.pmi.app.ui.parts.Tile
import io.pmi.app.ui.parts.Wide
import io.pmi.app.ui.parts.Wrong
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Book
import io.pmi.core.BookIntent
import io.pmi.core.BookSlot
import io.pmi.core.Day
import io.pmi.core.Phase
import io.pmi.toDay
import io.pmi.toLocalDate
import io.pmi.toLocalTime
import io.pmi.toTimeOfDay
import java.time.LocalDate
import java.time.LocalTime
import java.util.concurrent.TimeUnit

/** The coming days as tiles, and a calendar for all others. */
@Composable
fun DayChoice(record: Book, send: (BookIntent) -> Unit) = Block {
    val words = LocalWords.current
    var calendar by rememberSaveable { mutableStateOf(false) }
    Wide(first = { Heading(say(Label.BOOK_DAY)) }) { IconPress(Icon.CALENDAR, say(Label.PICK_DAY)) { calendar = true } }
    record.day?.let { Line(Icon.CALENDAR, words.day(it)) }
    Row(Modifier.horizontalScroll(rememberScrollState()).selectableGroup(), Arrangement.spacedBy(Space.s)) {
        record.days.forEachIndexed { ahead, one ->
            val (above, large, below) = words.tile(one.day.toLocalDate())
            Tile(one.chosen, { send(BookIntent.Day(one.day)) }, Modifier.testTag("day $ahead").semantics(true) {}) {
                Text(above, style = LocalType.current.note)
                Text(large, style = LocalType.current.heading)
                Text(below, style = LocalType.current.note)
            }
        }
    }
    record.dayProblem?.let { Wrong(words.text(it)) }
    if (calendar) {
        Sheet(say(Label.BOOK_CHOOSE_DAY), { calendar = false }, whole = true) {
            Calendar(record.firstDay, record.day) {
                calendar = false
                send(BookIntent.Day(it))
            }
        }
    }
}

/** Any day from the first one on. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun Calendar(firstDay: Day, chosen: Day?, choose: (Day) -> Unit) {
    val from = firstDay.toLocalDate().toEpochDay()
    // The picker counts in milliseconds of UTC.
    val state = rememberDatePickerState(
        initialSelectedDateMillis = (chosen ?: firstDay).toLocalDate().toEpochDay().let(TimeUnit.DAYS::toMillis),
        selectableDates = object : SelectableDates {
            override fun isSelectableDate(utcTimeMillis: Long) = TimeUnit.MILLISECONDS.toDays(utcTimeMillis) >= from
        },
    )
    BoxWithConstraints(Modifier.fillMaxWidth(), Alignment.Center) {
        // Its seven columns have one width: where there is less, all of it is drawn smaller.
        val density = LocalDensity.current
        val part = (maxWidth / CALENDAR).coerceAtMost(1f)
        CompositionLocalProvider(LocalDensity provides Density(density.density * part, density.fontScale.coerceAtMost(1.5f))) {
            val palette = LocalPalette.current
            // What day it is at the centre, this device does not know: it is not set off.
            val colours = DatePickerDefaults.colors(containerColor = palette.surface, todayContentColor = palette.text, todayDateBorderColor = palette.surface)
            DatePicker(state, title = null, headline = null, showModeToggle = false, colors = colours)
        }
    }
    MainButton(say(Label.DONE), Modifier.padding(horizontal = Space.m)) {
        state.selectedDateMillis?.let { choose(LocalDate.ofEpochDay(TimeUnit.MILLISECONDS.toDays(it)).toDay()) }
    }
}

/** The free times of the day; where the server lists none, one is typed. */
@Composable
fun TimeChoice(record: Book, send: (BookIntent) -> Unit) {
    val slots = record.slots
    if (slots == null && !record.typeTime) return
    val words = LocalWords.current
    Block {
        Heading(say(if (record.typeTime) Label.BOOK_TIME else Label.BOOK_FREE_TIMES))
        Quiet(say(Label.BOOK_ZONE, record.zone))
        when (slots?.standing?.phase) {
            Phase.FIRST_LOAD -> Skeletons(1)
            Phase.EMPTY -> Line(Icon.INFO, say(Label.BOOK_NO_FREE_TIMES))
            Phase.SHOWN -> Times(slots.free) { send(BookIntent.Slot(it.at)) }
            Phase.FAILED, null -> {}
        }
        if (record.typeTime) TypedTime(record, send)
        if (record.clocks.isNotEmpty()) {
            Quiet(say(Label.BOOK_WHICH_TIME))
            Times(record.clocks) { send(BookIntent.Clock(it.at)) }
        }
        record.timeProblem?.let { Wrong(words.text(it)) }
    }
}

@Composable
private fun Times(slots: List<BookSlot>, choose: (BookSlot) -> Unit) = Flowing(Modifier.selectableGroup()) {
    val words = LocalWords.current
    slots.forEach { slot ->
        Tile(slot.chosen, { choose(slot) }, Modifier.testTag("slot ${slot.at.hour}:${slot.at.minute}").semantics(true) {}) {
            Text(words.clock(slot.at), style = LocalType.current.label)
            slot.left?.let { Text(words.count(Counted.PLACES_LEFT, it.toLong()), style = LocalType.current.note) }
        }
    }
}

@Composable
private fun TypedTime(record: Book, send: (BookIntent) -> Unit) {
    val words = LocalWords.current
    var open by rememberSaveable { mutableStateOf(false) }
    val time = record.time?.toLocalTime()
    SideButton(time?.let(words::clock) ?: say(Label.BOOK_CHOOSE_TIME), icon = Icon.CLOCK) { open = true }
    if (open) {
        Sheet(say(Label.PICK_TIME), { open = false }) {
            TimeForm(record.timeBegins.toLocalTime()) {
                open = false
                send(BookIntent.Time(it.toTimeOfDay()))
            }
        }
    }
}

/** A time of day, typed. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun TimeForm(begins: LocalTime, choose: (LocalTime) -> Unit) {
    val state = rememberTimePickerState(begins.hour, begins.minute, is24Hour = true)
    // Its fields have one height.
    val density = LocalDensity.current
    CompositionLocalProvider(LocalDensity provides Density(density.density, density.fontScale.coerceAtMost(1.5f))) { TimeInput(state) }
    MainButton(say(Label.DONE)) { choose(LocalTime.of(state.hour, state.minute)) }
}

/** How wide a calendar is. */
private val CALENDAR = 360.dp
