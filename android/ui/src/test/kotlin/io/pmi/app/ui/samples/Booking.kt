package io.pmi.app.ui.samples

import io.pmi.core.Book
import io.pmi.core.BookCenter
import io.pmi.core.BookDay
import io.pmi.core.BookDraft
import io.pmi.core.BookPhoto
import io.pmi.core.BookService
import io.pmi.core.BookSlot
import io.pmi.core.BookSlots
import io.pmi.core.BookVehicle
import io.pmi.core.BookingDecision
import io.pmi.core.BookingPhotos
import io.pmi.core.BookingRow
import io.pmi.core.BookingWay
import io.pmi.core.Bookings
import io.pmi.core.BookingsIntent
import io.pmi.core.CallOffQuestion
import io.pmi.core.Day
import io.pmi.core.MovedBooking
import io.pmi.core.QuantityUnit
import io.pmi.core.TextArg
import io.pmi.core.TimeOfDay
import io.pmi.core.TextKey
import io.pmi.core.Tone
import io.pmi.toDay
import java.time.LocalDate

private fun service(word: String, key: TextKey, minutes: Int, chosen: Boolean = false) =
    BookService(word, text(key), quantity(minutes, QuantityUnit.MINUTES), chosen)

private fun slot(hour: Int, left: Int, chosen: Boolean = false) = BookSlot(wall(25, hour), left.toUInt(), chosen)

private fun days(chosen: Int?) = (0 until 14).map { ahead ->
    val day = LocalDate.of(2026, 11, 22).plusDays(ahead.toLong())
    BookDay(day.toDay(), day.dayOfMonth == chosen)
}

val BOOK_BEGUN = Book(
    standing = SHOWN,
    moving = null,
    vehicles = listOf(BookVehicle(1, "Tata Nexon", 2022, true), BookVehicle(2, "Hyundai Creta", 2020, false)),
    vehicleProblem = null,
    services = listOf(
        service("general_service", TextKey.SERVICE_GENERAL, 120), service("oil_change", TextKey.SERVICE_OIL_CHANGE, 45),
        service("brake_service", TextKey.SERVICE_BRAKE, 90), service("inspection", TextKey.SERVICE_INSPECTION, 60),
        service("repair", TextKey.SERVICE_REPAIR, 180),
    ),
    serviceProblem = null,
    chooseCenter = true,
    centersStanding = SHOWN,
    centers = listOf(
        BookCenter(1, "Indiranagar Service", "100 Feet Road 12", "Bengaluru", false),
        BookCenter(2, "Whitefield Motors", "ITPL Main Road 4", "Bengaluru", false),
    ),
    centerProblem = null,
    zone = "Asia/Kolkata",
    firstDay = Day(2026, 11u, 22u),
    days = days(chosen = null),
    day = null,
    dayProblem = null,
    slots = null,
    typeTime = false,
    time = null,
    timeBegins = TimeOfDay(10u, 0u),
    timeProblem = null,
    clocks = emptyList(),
    notes = field(),
    notesLeft = 500,
    takesPhotos = true,
    photos = emptyList(),
    canAddPhoto = true,
    photoProblem = null,
    draft = BookDraft(""),
    fault = null,
    stops = 0u,
    canSubmit = true,
    busy = false,
    problem = null,
    accepted = null,
)

val BOOK_FILLED = BOOK_BEGUN.copy(
    services = BOOK_BEGUN.services.map { it.copy(chosen = it.word == "brake_service") },
    centers = BOOK_BEGUN.centers.map { it.copy(chosen = it.id == 1L) },
    days = days(chosen = 25),
    day = Day(2026, 11u, 25u),
    slots = BookSlots(SHOWN, listOf(slot(9, 1), slot(10, 2, true), slot(11, 2), slot(14, 3), slot(16, 1))),
    notes = field("It squeals when braking downhill"),
    notesLeft = 468,
    photos = listOf(BookPhoto(1u, quantity(482, QuantityUnit.KILOBYTES)), BookPhoto(2u, quantity(1.2, QuantityUnit.MEGABYTES, 1))),
)

val BOOK_LOADING = BOOK_BEGUN.copy(
    standing = LOADING, vehicles = emptyList(), services = emptyList(), centersStanding = LOADING, centers = emptyList(), days = emptyList(), canSubmit = false,
)

/** Nothing is free on that day. */
val BOOK_NONE_FREE get() = BOOK_MOVE.copy(slots = BookSlots(EMPTY, emptyList()))

/** The free times and the centres are on their way. */
val BOOK_WAITING = BOOK_FILLED.copy(slots = BookSlots(LOADING, emptyList()), centersStanding = LOADING, centers = emptyList(), photos = emptyList())

/** The time was taken meanwhile. */
val BOOK_TAKEN = BOOK_FILLED.copy(
    timeProblem = text(TextKey.FIELD_TIME_TAKEN), notesLeft = -12, photoProblem = text(TextKey.FIELD_PHOTO_TOO_LARGE, TextArg.Quantity(quantity(10, QuantityUnit.MEGABYTES))),
    problem = BROKEN, canAddPhoto = false,
)

val BOOK_BUSY get() = BOOK_MOVE.copy(busy = true)

/** The typed time is shown twice by the clocks. */
val BOOK_TWICE get() = BOOK_FIRST.copy(
    time = TimeOfDay(1u, 30u), timeProblem = text(TextKey.FIELD_TIME_TWICE), clocks = listOf(BookSlot(wall(25, 1, 30), null, true), BookSlot(wall(25, 2, 30), null, false)),
    standing = SHOWN, takesPhotos = false,
)

val BOOK_WRONG = BOOK_BEGUN.copy(
    serviceProblem = text(TextKey.FIELD_SERVICE_EMPTY), centerProblem = text(TextKey.FIELD_CENTER_EMPTY),
    dayProblem = text(TextKey.FIELD_DAY_EMPTY), photoProblem = text(TextKey.FIELD_PHOTO_KIND),
)

/** On v1, which has neither centres nor free times nor photos. */
val BOOK_FIRST = BOOK_BEGUN.copy(
    chooseCenter = false, centersStanding = null, centers = emptyList(), days = days(chosen = 25), day = Day(2026, 11u, 25u), typeTime = true, takesPhotos = false,
    standing = OFFLINE,
)

val BOOK_MOVE = BOOK_FILLED.copy(
    moving = MovedBooking("17", "Tata Nexon 2022", text(TextKey.SERVICE_BRAKE), "Indiranagar Service", wall(24, 10), text(TextKey.BOOKING_CONFIRMED), Tone.GOOD),
    vehicles = emptyList(), services = emptyList(), chooseCenter = false, centersStanding = null, takesPhotos = false, photos = emptyList(),
)

val BOOK_EMPTY = BOOK_BEGUN.copy(standing = EMPTY, vehicles = emptyList())

private val ROW = BookingRow(
    id = "17", vehicleId = 1, vehicle = "Tata Nexon 2022", service = text(TextKey.SERVICE_BRAKE), center = "Indiranagar Service",
    startsAt = wall(24, 10), minutes = quantity(90, QuantityUnit.MINUTES), status = text(TextKey.BOOKING_CONFIRMED), tone = Tone.GOOD,
    notes = "It squeals when braking downhill", pending = null, photos = BookingPhotos(2u, 0u, null, null),
    canMove = true, canCallOff = true, ways = emptyList(), busy = false,
)

private val PAST = ROW.copy(
    id = "9", service = text(TextKey.SERVICE_OIL_CHANGE), startsAt = wall(14, 15, 30, 8), status = text(TextKey.BOOKING_COMPLETED),
    tone = Tone.NEUTRAL, notes = null, photos = null, canMove = false, canCallOff = false,
)

private val WAITING = ROW.copy(
    id = "local-3", service = text(TextKey.SERVICE_INSPECTION), startsAt = wall(27, 12), status = text(TextKey.BOOKING_SCHEDULED), tone = Tone.NEUTRAL,
    notes = null, pending = pending(TextKey.PENDING_NETWORK), photos = BookingPhotos(1u, 1u, quantity(0, QuantityUnit.PERCENT), text(TextKey.PENDING_NETWORK)),
    canMove = false, canCallOff = false, ways = listOf(BookingWay(text(TextKey.WAY_GIVE_UP), BookingsIntent.Drop(3))),
)

val BOOKINGS = Bookings(SHOWN, emptyList(), emptyList(), listOf(ROW), listOf(PAST), null, null, canBook = true)

val BOOKINGS_OFFLINE = BOOKINGS.copy(standing = OFFLINE, pending = listOf(WAITING), past = emptyList())

val DECISION = BookingDecision(
    item = 5, booking = ROW, asked = text(TextKey.ASKED_MOVE, TextArg.Wall(wall(26, 13))), why = text(TextKey.PENDING_CHANGED), tone = Tone.CRITICAL,
    server = BRAKE_SERVICE.copy(startsAt = wall(27, 15)), slots = listOf(wall(26, 14), wall(26, 16)),
    ways = listOf(
        BookingWay(text(TextKey.WAY_KEEP_SERVERS), BookingsIntent.KeepServers(5)), BookingWay(text(TextKey.WAY_INSIST), BookingsIntent.Retry(5)),
    ),
    canMove = true, canCallOff = true, busy = false, acceptedAt = NOW.minusSeconds(4_000), requestId = "req-51c2aa",
)

val BOOKINGS_DECIDE = BOOKINGS.copy(decisions = listOf(DECISION), upcoming = emptyList())

val BOOKINGS_QUESTION = BOOKINGS.copy(
    question = CallOffQuestion(text(TextKey.CALL_OFF_ASK, TextArg.Wall(wall(24, 10))), ROW, busy = false),
)

/** Its photo is being sent; another booking waits for its turn. */
val BOOKINGS_SENDING = BOOKINGS.copy(
    pending = listOf(
        WAITING.copy(
            pending = null, photos = BookingPhotos(2u, 1u, quantity(64, QuantityUnit.PERCENT), text(TextKey.PENDING_SENDING)),
            ways = emptyList(), canMove = true, busy = true,
        ),
        WAITING.copy(id = "local-4", service = text(TextKey.SERVICE_REPAIR), photos = null, pending = pending(TextKey.PENDING_SERVER).copy(retryAt = NOW.plusSeconds(120))),
    ),
    problem = BROKEN,
)

/** The server did not take a photo, and a time was taken meanwhile. */
val BOOKINGS_REFUSED = BOOKINGS.copy(
    decisions = listOf(
        DECISION.copy(
            item = 6, asked = text(TextKey.ASKED_PHOTO), why = text(TextKey.PENDING_REJECTED, TextArg.Words("The picture cannot be read")), server = null, slots = emptyList(),
            ways = listOf(BookingWay(text(TextKey.WAY_TRY_AGAIN), BookingsIntent.Retry(6)), BookingWay(text(TextKey.WAY_REMOVE_PHOTO), BookingsIntent.Drop(6))),
            canMove = false, canCallOff = false,
        ),
        DECISION.copy(
            item = 7, booking = null, asked = text(TextKey.ASKED_BOOK, TextArg.Wall(wall(26, 13))), why = text(TextKey.PENDING_SLOT_TAKEN), server = null,
            ways = listOf(BookingWay(text(TextKey.WAY_GIVE_UP), BookingsIntent.Drop(7))), canMove = false, canCallOff = false, busy = true,
        ),
    ),
    upcoming = emptyList(), past = emptyList(),
)
