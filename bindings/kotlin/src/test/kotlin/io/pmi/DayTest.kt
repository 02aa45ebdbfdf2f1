package io.pmi

import io.pmi.core.AccountField
import io.pmi.core.AccountIntent
import io.pmi.core.BookingPhotos
import io.pmi.core.BookingsIntent
import io.pmi.core.DiagnosticsIntent
import io.pmi.core.NotificationsIntent
import io.pmi.core.Phase
import io.pmi.core.ResetStep
import io.pmi.core.Standing
import io.pmi.core.Start
import io.pmi.core.TextKey
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.EnumSource

/** What a customer does, through the screens alone, against the real platform in a child process. */
class DayTest {
    @ParameterizedTest
    @EnumSource
    fun `a customers day from sign in to conflict`(dialect: Dialect) = test {
        Server.start(dialect).use { server ->
            open(server.url, device()).use { client ->
                val person = server.people[0]
                signsInAndLooks(client, person)
                booksOnline(client, server, person, withPhoto = dialect == Dialect.V2)
                readsWhatItWasTold(client)
                booksOffline(client, server, person)
                isContradicted(client, server, person)
                if (dialect == Dialect.V2) editsTheProfile(client) else cannotEditTheProfile(client)
                client.account().use { account ->
                    account.send(AccountIntent.SignOut)
                    account.records.until { it.done }
                }
                client.welcome().use { welcome -> welcome.records.until { it.start == Start.WELCOME } }
                assertEquals(SessionState.SignedOut, client.session())
            }
        }
    }

    private suspend fun signsInAndLooks(client: PmiClient, person: Person) {
        client.welcome().use { welcome ->
            welcome.records.until { it.start == Start.WELCOME }
            assertTrue(client.signIn(person.email, person.password).done)
            welcome.records.until { it.start == Start.HOME }
        }
        val vehicle = client.shownGarage().vehicles.single()
        client.vehicle(vehicle.id).use { screen ->
            val page = screen.records.until {
                it.standing.phase == Phase.SHOWN && it.history.standing.phase != Phase.FIRST_LOAD
            }
            assertEquals(vehicle.name, page.heading?.name)
            assertEquals(10, page.components.size)
            assertTrue(page.predictions.isNotEmpty())
            assertFalse(page.telemetry?.readings.isNullOrEmpty())
            assertTrue(page.canBook)
        }
    }

    private suspend fun booksOnline(client: PmiClient, server: Server, person: Person, withPhoto: Boolean) {
        val photo = (JPEG + ByteArray(50_000)).takeIf { withPhoto }
        val accepted = client.bookService(Wish(days = 1, hour = 10), photo).accepted
        assertEquals(false, accepted?.waitsForNetwork)
        val photos = if (withPhoto) BookingPhotos(count = 1u, unsent = 0u, progress = null, next = null) else null
        val bookings = client.bookingsWhen { shown ->
            shown.upcoming.any { it.notes == BY_TESTS && it.photos == photos && it.canMove && it.canCallOff }
        }
        val row = bookings.upcoming.single { it.notes == BY_TESTS }
        assertEquals(10, row.startsAt.hour.toInt())
        assertEquals(listOf("10:00:00"), server.booked(person).map { it.wallTime.substringAfter('T') })
    }

    private suspend fun readsWhatItWasTold(client: PmiClient) = client.notifications().use { screen ->
        val told = screen.records.until { it.standing.phase == Phase.SHOWN && !it.standing.refreshing }
        screen.send(NotificationsIntent.Open(told.rows.first().id))
        screen.send(NotificationsIntent.MarkAllRead)
        val read = screen.records.until { shown -> shown.unread == 0u && shown.rows.all { it.pending == null } }
        assertFalse(read.canMarkAll)
    }

    private suspend fun booksOffline(client: PmiClient, server: Server, person: Person) {
        val before = server.booked(person).size
        server.stop()
        client.setNetwork(false)
        assertEquals(true, client.bookService(Wish(days = 3, hour = 12)).accepted?.waitsForNetwork)
        client.bookingsWhen {
            it.standing.offline && it.pending.singleOrNull()?.pending?.text?.key == TextKey.PENDING_NETWORK
        }
        server.startAgain()
        client.setNetwork(true)
        client.settledBookings(own = before + 1)
        assertEquals(before + 1, server.booked(person).size)
    }

    /** Another device of the same person moves what is moved here; the server's time is kept. */
    private suspend fun isContradicted(client: PmiClient, server: Server, person: Person) {
        val booking = client.bookingsWhen { shown -> shown.upcoming.any { it.notes == BY_TESTS } }.upcoming.first { it.notes == BY_TESTS }
        client.setNetwork(false)
        client.moveBooking(booking.id).use { assertNotNull(it.fillIn(Wish(days = 5, hour = 13)).accepted) }
        elsewhere(server, person) { other ->
            other.moveBooking(booking.id).use { assertNotNull(it.fillIn(Wish(days = 6, hour = 15)).accepted) }
            other.settledBookings(own = 1) { it.startsAt.hour.toInt() == 15 }
        }
        client.setNetwork(true)
        client.bookings().use { screen ->
            val decision = screen.records.until { it.decisions.isNotEmpty() }.decisions.single()
            assertEquals(TextKey.PENDING_CHANGED, decision.why.key)
            assertEquals(TextKey.ASKED_MOVE, decision.asked.key)
            assertEquals(15, decision.server?.startsAt?.hour?.toInt())
            screen.send(decision.ways.single { it.text.key == TextKey.WAY_KEEP_SERVERS }.intent)
            screen.records.until { it.decisions.isEmpty() }
            // Until it is asked for anew, the list can still have the time before both.
            screen.send(BookingsIntent.Refresh)
            screen.records.until { shown ->
                shown.decisions.isEmpty() && shown.upcoming.any { it.id == booking.id && it.startsAt.hour.toInt() == 15 }
            }
        }
    }

    private suspend fun editsTheProfile(client: PmiClient) = client.account().use { account ->
        account.records.until { it.canEdit }
        account.send(AccountIntent.Edit)
        account.send(AccountIntent.Change(AccountField.PHONE, ""))
        account.send(AccountIntent.Submit)
        val wrong = account.records.until { it.edit?.phone?.problem != null }
        assertEquals(TextKey.FIELD_PHONE_MALFORMED, wrong.edit?.phone?.problem?.key)
        account.send(AccountIntent.Change(AccountField.PHONE, "+91 98450 12345"))
        account.send(AccountIntent.Change(AccountField.ADDRESS, "12 Church Street"))
        account.send(AccountIntent.Submit)
        val saved = account.records.until {
            it.note?.key == TextKey.ACCOUNT_PROFILE_SAVED && it.profile?.address == "12 Church Street"
        }
        assertNull(saved.edit)
    }

    private suspend fun cannotEditTheProfile(client: PmiClient) = client.account().use { account ->
        val shown = account.records.until { it.profile != null }
        assertFalse(shown.canEdit || shown.canChangePassword || shown.canDelete || shown.canExport)
    }

    @ParameterizedTest
    @EnumSource
    fun `a booking made offline is sent once when the network is back`(dialect: Dialect) = test {
        Server.start(dialect).use { server ->
            open(server.url, device()).use { client ->
                val person = server.people[0]
                client.signIn(person.email, person.password)
                client.shownGarage()
                server.stop()
                // Nobody says so: it is found out.
                val accepted = client.bookService(Wish(days = 2, hour = 11)).accepted
                assertNotNull(accepted)
                assertEquals(1, client.bookingsWhen { it.pending.isNotEmpty() }.pending.size)
                client.setNetwork(false)
                server.startAgain()
                assertEquals(emptyList<Booked>(), server.booked(person))
                // Said again and again, and asked to synchronise: still once.
                repeat(3) { client.setNetwork(true) }
                client.sync()
                val row = client.settledBookings(own = 1).upcoming.single { it.notes == BY_TESTS }
                assertEquals(11, row.startsAt.hour.toInt())
                assertEquals(1, server.booked(person).size)
            }
        }
    }

    @Test
    fun `a booking another device changed is decided by the person`() = test {
        Server.start().use { server ->
            open(server.url, device()).use { client ->
                val person = server.people[0]
                client.signIn(person.email, person.password)
                client.bookService(Wish(days = 1, hour = 10))
                client.bookService(Wish(days = 2, hour = 10))
                val (first, second) = client.settledBookings(own = 2).upcoming.filter { it.notes == BY_TESTS }
                client.setNetwork(false)
                for (booking in listOf(first, second)) {
                    client.moveBooking(booking.id).use { assertNotNull(it.fillIn(Wish(days = 4, hour = 13)).accepted) }
                }
                elsewhere(server, person) { other ->
                    for (booking in listOf(first, second)) {
                        other.moveBooking(booking.id).use { assertNotNull(it.fillIn(Wish(days = 6, hour = 16)).accepted) }
                    }
                    other.settledBookings(own = 2) { it.startsAt.hour.toInt() == 16 }
                }
                client.setNetwork(true)
                client.bookings().use { screen ->
                    val decisions = screen.records.until { it.decisions.size == 2 }.decisions
                    assertEquals(listOf("16:00:00", "16:00:00"), server.booked(person).map { it.wallTime.substringAfter('T') })
                    // The first is moved all the same; the second is left as it is and then called off, which is asked before it is done.
                    val insist = decisions.single { it.booking?.id == first.id }.ways.single { it.text.key == TextKey.WAY_INSIST }
                    screen.send(insist.intent)
                    val left = screen.records.until { it.decisions.size == 1 && it.pending.isEmpty() }.decisions.single()
                    screen.send(left.ways.single { it.text.key == TextKey.WAY_KEEP_SERVERS }.intent)
                    screen.records.until { shown -> shown.decisions.isEmpty() && shown.upcoming.any { it.id == second.id && it.canCallOff } }
                    screen.send(BookingsIntent.CallOff(second.id))
                    assertEquals(second.id, screen.records.until { it.question != null }.question?.booking?.id)
                    screen.send(BookingsIntent.Confirm)
                    // That it is accepted may be heard before the list shows it.
                    val after = screen.records.until { shown -> shown.pending.isEmpty() && shown.past.any { it.id == second.id } }
                    assertTrue(after.decisions.isEmpty() && after.question == null && after.upcoming.any { it.id == first.id })
                }
                val there = server.booked(person).associate { it.wallTime.substringAfter('T') to it.status }
                assertEquals(mapOf("13:00:00" to "scheduled", "16:00:00" to "cancelled"), there)
            }
        }
    }

    @Test
    fun `signing out with something unsent asks first`() = test {
        Server.start().use { server ->
            open(server.url, device()).use { client ->
                val (person, other) = server.people
                client.signIn(person.email, person.password)
                client.shownGarage()
                client.setNetwork(false)
                assertNotNull(client.bookService(Wish(days = 2, hour = 11)).accepted)
                assertEquals(1u, assertThrows<PmiException.Unsent> { client.signOut() }.count)
                client.account().use { account ->
                    account.send(AccountIntent.SignOut)
                    assertEquals(1u, account.records.until { it.unsent != null }.unsent?.count)
                    account.send(AccountIntent.Stay)
                    account.records.until { it.unsent == null }
                    assertEquals(SessionState.SignedIn, client.session())
                    account.send(AccountIntent.SignOut)
                    account.records.until { it.unsent != null }
                    account.send(AccountIntent.KeepUnsent)
                    account.records.until { it.done }
                }
                client.setNetwork(true)
                // It is this person's, and nobody else's.
                client.signIn(other.email, other.password)
                assertTrue(client.settledBookings(own = 0).upcoming.none { it.notes == BY_TESTS })
                assertTrue(client.signOut())
                assertEquals(emptyList<Booked>(), server.booked(person) + server.booked(other))
                client.signIn(person.email, person.password)
                client.settledBookings(own = 1)
                assertEquals(1, server.booked(person).size)
                // Discarded, it is gone.
                client.shownGarage()
                client.setNetwork(false)
                client.bookService(Wish(days = 3, hour = 11))
                client.account().use { account ->
                    account.send(AccountIntent.SignOut)
                    account.records.until { it.unsent != null }
                    account.send(AccountIntent.DiscardUnsent)
                    account.records.until { it.done }
                }
                client.setNetwork(true)
                client.signIn(person.email, person.password)
                client.settledBookings(own = 1)
                assertEquals(1, server.booked(person).size)
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    fun `every screen opens and shows without an error`(dialect: Dialect) = test {
        Server.start(dialect).use { server ->
            open(server.url, device()).use { client ->
                val reset = dialect == Dialect.V2
                client.welcome().use { screen ->
                    assertNull(screen.records.until { it.start == Start.WELCOME }.problem)
                }
                client.register().use { screen -> screen.records.until { it.problem == null && !it.busy } }
                client.forgottenPassword().use { screen ->
                    assertEquals(ResetStep.ASK, screen.records.until { it.problem == null && !it.busy }.step)
                }
                client.signIn().use { screen -> screen.records.until { it.problem == null && it.canReset == reset } }
                client.signIn(server.email, server.password)
                val vehicle = client.shownGarage().vehicles.single().id
                client.garage().use { screen -> screen.records.until { it.standing.isThere() } }
                client.vehicle(vehicle).use { screen ->
                    screen.records.until { it.standing.isThere() && it.history.standing.isThere() }
                }
                client.book(vehicle).use { screen ->
                    screen.records.until { shown ->
                        shown.standing.isThere() && shown.problem == null && shown.canSubmit && shown.vehicles.single().chosen
                    }
                }
                val booking = client.settledBookings(own = 0).let { it.upcoming + it.past }.first()
                client.moveBooking(booking.id).use { screen ->
                    assertEquals(booking.id, screen.records.until { it.standing.isThere() && it.moving != null }.moving?.id)
                }
                client.bookings().use { screen -> screen.records.until { it.standing.isThere() && it.problem == null } }
                client.notifications().use { screen -> screen.records.until { it.standing.isThere() && it.problem == null } }
                client.account().use { screen -> screen.records.until { it.standing.isThere() && it.problem == null } }
                client.diagnostics().use { screen ->
                    screen.send(DiagnosticsIntent.REFRESH)
                    val shown = screen.records.until { it.phase == Phase.SHOWN && it.serverHealth != null && !it.refreshing }
                    assertEquals(server.url, shown.server)
                    assertEquals(TextKey.SERVER_WELL, shown.serverHealth?.key)
                    assertNull(shown.problem)
                }
            }
        }
    }

    @Test
    fun `killed while a booking waits it is sent after the next start`() = test {
        Server.start().use { server ->
            val device = device()
            val person = server.people[0]
            killedAfter(Errand.BOOK_OFFLINE, server, person, device)
            assertEquals(emptyList<Booked>(), server.booked(person))
            open(server.url, device).use { client ->
                client.welcome().use { welcome -> welcome.records.until { it.start == Start.HOME } }
                val row = client.settledBookings(own = 1).upcoming.single { it.notes == BY_TESTS }
                assertEquals(11, row.startsAt.hour.toInt())
                assertEquals(1, server.booked(person).size)
            }
        }
    }

    /** What is done on another device of the same person. */
    private suspend fun elsewhere(server: Server, person: Person, body: suspend (PmiClient) -> Unit) {
        open(server.url, device()).use { other ->
            assertTrue(other.signIn(person.email, person.password).done)
            body(other)
        }
    }

    private fun Standing.isThere() = (phase == Phase.SHOWN || phase == Phase.EMPTY) && problem == null && !refreshing

    private companion object {
        /** How a photo's file begins. */
        val JPEG = byteArrayOf(0xff.toByte(), 0xd8.toByte(), 0xff.toByte(), 0xe0.toByte())
    }
}
