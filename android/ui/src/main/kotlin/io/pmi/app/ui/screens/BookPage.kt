package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import io.pmi.app.design.Counted
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Choices
import io.pmi.app.ui.parts.Field
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.IconPress
import io.pmi.app.ui.parts.Leads
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Listing
import io.pmi.app.ui.parts.MachinePicture
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Mark
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.Pair
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Skeletons
import io.pmi.app.ui.parts.Strong
import io.pmi.app.ui.parts.Typing
import io.pmi.app.ui.parts.Wide
import io.pmi.app.ui.parts.Wrong
import io.pmi.app.ui.parts.hasLine
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.shell.LocalOutside
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.AcceptedBooking
import io.pmi.core.Book
import io.pmi.core.BookDraft
import io.pmi.core.BookIntent
import io.pmi.core.BookPart
import io.pmi.core.MovedBooking
import io.pmi.core.Phase
import kotlinx.coroutines.launch

/** Booking service, or moving a booking. [accepted] is told once it is. */
@Composable
fun BookPage(record: Book, send: (BookIntent) -> Unit, back: () -> Unit, accepted: (AcceptedBooking) -> Unit) {
    LaunchedEffect(record.accepted) { record.accepted?.let(accepted) }
    Kept(record, send)
    val addPhoto = rememberPhotos(send)
    val moving = record.moving
    val parts = parts(record)
    val place = rememberLazyListState()
    // Above the parts is a line of how the form stands, or what is moved.
    val above = listOf(hasLine(record.standing), moving != null).count { it }
    Leads(record.stops) {
        val at = parts.indexOf(record.fault?.part)
        if (at >= 0) place.animateScrollToItem(above + at)
    }
    Page(say(if (moving == null) Label.BOOK_TITLE else Label.BOOK_MOVE_TITLE), back) {
        Listing(
            record.standing, { send(BookIntent.Refresh) },
            empty = {
                Notice(Icon.CAR, say(Label.BOOK_NO_VEHICLE_TITLE), say(Label.BOOK_NO_VEHICLE_BODY), picture = { MachinePicture(Modifier.fillMaxWidth(0.8f)) })
            },
            place = place,
        ) {
            if (moving != null) item("moving") { Moving(moving) }
            parts.forEach { part -> item(part.name) { Part(part, record, send, addPhoto) } }
            record.problem?.let { item("problem") { ProblemLine(it, { send(BookIntent.Submit) }) } }
            item("submit") {
                MainButton(
                    say(if (moving == null) Label.BOOK_SUBMIT else Label.BOOK_MOVE_SUBMIT), busy = record.busy, enabled = record.canSubmit,
                ) { send(BookIntent.Submit) }
            }
        }
    }
}

/** Those the form has, in their order. */
private fun parts(record: Book) = BookPart.entries.filter {
    when (it) {
        BookPart.VEHICLE, BookPart.SERVICE, BookPart.NOTES -> record.moving == null
        BookPart.CENTER -> record.centersStanding != null
        BookPart.DAY, BookPart.TIME -> true
        BookPart.PHOTOS -> record.takesPhotos
    }
}

@Composable
private fun Part(part: BookPart, record: Book, send: (BookIntent) -> Unit, addPhoto: () -> Unit) = when (part) {
    BookPart.VEHICLE -> Vehicle(record, send)
    BookPart.SERVICE -> Service(record, send)
    BookPart.CENTER -> Center(record, send)
    BookPart.DAY -> DayChoice(record, send)
    BookPart.TIME -> TimeChoice(record, send)
    BookPart.NOTES -> Notes(record, send)
    BookPart.PHOTOS -> Photos(record, send, addPhoto)
}

/** What is filled in: kept while the app does not run, and told again to a core that begins anew. */
@Composable
private fun Kept(record: Book, send: (BookIntent) -> Unit) {
    var kept by rememberSaveable { mutableStateOf<String?>(null) }
    LaunchedEffect(Unit) { kept?.takeIf { it != record.draft.text }?.let { send(BookIntent.TakeUp(BookDraft(it))) } }
    LaunchedEffect(record.draft) { kept = record.draft.text }
}

/** What shows the device's pictures and adds the one that is chosen, though the system ends the app meanwhile. */
@Composable
private fun rememberPhotos(send: (BookIntent) -> Unit): () -> Unit {
    val outside = LocalOutside.current
    val scope = rememberCoroutineScope()
    var choosing by rememberSaveable { mutableStateOf(false) }
    fun add(chosen: ByteArray?) {
        choosing = false
        chosen?.let { send(BookIntent.AddPhoto(it)) }
    }
    LaunchedEffect(Unit) { if (choosing) add(outside.photoOfBefore()) }
    return {
        choosing = true
        scope.launch { add(outside.pickPhoto()) }
    }
}

@Composable
private fun Vehicle(record: Book, send: (BookIntent) -> Unit) {
    val words = LocalWords.current
    Choices(say(Label.BOOK_VEHICLE), record.vehicles, { it.chosen }, { send(BookIntent.Vehicle(it.id)) }, record.vehicleProblem?.let(words::text)) {
        Strong(it.name)
        it.year?.let { year -> Quiet(year.toString()) }
    }
}

@Composable
private fun Service(record: Book, send: (BookIntent) -> Unit) {
    val words = LocalWords.current
    Choices(say(Label.BOOK_SERVICE), record.services, { it.chosen }, { send(BookIntent.Service(it.word)) }, record.serviceProblem?.let(words::text)) {
        Strong(words.text(it.text))
        it.minutes?.let { minutes -> Quiet(words.say(Label.BOOKING_DURATION, words.quantity(minutes))) }
    }
}

@Composable
private fun Moving(moving: MovedBooking) = Block {
    val words = LocalWords.current
    Pair({ Strong(words.text(moving.service)) }) { Mark(words.text(moving.status), moving.tone) }
    Line(Icon.CALENDAR, words.say(Label.BOOK_MOVING_NOW, words.wall(moving.startsAt)))
    moving.vehicle?.let { Line(Icon.CAR, it) }
    moving.center?.let { Line(Icon.LOCATION, it) }
}

@Composable
private fun Center(record: Book, send: (BookIntent) -> Unit) {
    val words = LocalWords.current
    when (record.centersStanding?.phase) {
        Phase.FIRST_LOAD -> Skeletons(1)
        Phase.EMPTY, Phase.FAILED -> Line(Icon.LOCATION, say(Label.BOOK_CENTER_BY_SERVER))
        Phase.SHOWN, null ->
            Choices(say(Label.BOOK_CENTER), record.centers, { it.chosen }, { send(BookIntent.Center(it.id)) }, record.centerProblem?.let(words::text)) {
                Strong(it.name)
                Quiet(listOfNotNull(it.address, it.city).joinToString(", "))
            }
    }
}

@Composable
private fun Notes(record: Book, send: (BookIntent) -> Unit) {
    val words = LocalWords.current
    val left = record.notesLeft.toLong()
    Field(
        say(Label.BOOK_NOTES), record.notes, { send(BookIntent.Notes(it)) }, { send(BookIntent.NotesLeft) }, Typing(lines = 3),
        help = if (left < 0) words.count(Counted.CHARACTERS_OVER, -left) else words.count(Counted.CHARACTERS_LEFT, left),
        example = say(Label.BOOK_NOTES_EXAMPLE),
    )
}

@Composable
private fun Photos(record: Book, send: (BookIntent) -> Unit, add: () -> Unit) = Block {
    val words = LocalWords.current
    Heading(say(Label.BOOK_PHOTOS))
    Quiet(say(Label.BOOK_PHOTOS_HELP))
    record.photos.forEach { photo ->
        val number = photo.number.toString()
        Wide(first = { Line(Icon.PHOTO, say(Label.BOOK_PHOTO_NUMBER, number, words.quantity(photo.size)), color = LocalPalette.current.text) }) {
            IconPress(Icon.TRASH, say(Label.BOOK_REMOVE_PHOTO, number)) { send(BookIntent.RemovePhoto(photo.number)) }
        }
    }
    record.photoProblem?.let { Wrong(words.text(it)) }
    if (record.canAddPhoto) {
        SideButton(say(Label.BOOK_ADD_PHOTO), icon = Icon.CAMERA, onPress = add)
    }
}
