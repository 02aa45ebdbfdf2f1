package io.pmi.app.ui.walks

import io.pmi.BY_TESTS
import io.pmi.Dialect
import io.pmi.app.design.Label
import io.pmi.app.ui.words.Words
import java.time.LocalDate
import java.time.ZoneId
import org.junit.Assert.assertEquals
import org.junit.Test

/** The main part of the day, by what is spoken alone. */
class SpokenTest : Walk() {
    private val ear by lazy { Ear(rule, hand) }

    @Test
    fun `who cannot see the screen signs in, looks, books and calls off`() = walk(Dialect.V2) {
        signsIn()
        looks()
        booksAndCallsOff()
        isToldOfAnOutage()
    }

    private fun Pocket.signsIn() {
        ear.presses("Sign in, Button")
        ear.writes("Email", person.email)
        ear.writes("Password", "wrong-9876")
        ear.presses("Show password")
        ear.presses("Hide password")
        ear.presses("Sign in, Button")
        ear.isTold("Email or password is wrong")
        ear.writes("Password", person.password)
        ear.presses("Sign in, Button")
        ear.hears("Your garage, heading")
    }

    private fun looks() {
        ear.hears("Garage, selected, Tab")
        ear.presses("Critical")
        ear.hears("Health 25 of 100")
        ear.hears("Drawing of the vehicle with its components")
        ear.presses("Brakes: ")
        ear.hears("Brakes: Healthy, selected, Button")
        ear.hears("Show less")
        ear.hears("Sensors, heading")
        ear.hears("Chart of ")
    }

    private fun Pocket.booksAndCallsOff() {
        val tomorrow = LocalDate.now(ZoneId.of("Asia/Kolkata")).plusDays(1)
        ear.presses("Book a service, Button")
        ear.hears("Service, heading")
        ear.presses("General service")
        ear.hears("General service, Takes 90 minutes, selected, RadioButton")
        ear.presses(", Bengaluru")
        ear.presses(Words(state.language).tile(tomorrow).toList().joinToString(", "))
        ear.presses("10:00\u00a0am")
        ear.hears("10:00\u00a0am, ")
        ear.writes(hand.words(Label.BOOK_NOTES), BY_TESTS)
        ear.presses("Book, Button")
        hand.waits("the server has it") { server.booked(person).size == 1 }
        ear.hears("Upcoming, heading")
        ear.hears("General service, Scheduled")
        ear.presses("Call off, Button")
        ear.presses("Yes, call it off, Button")
        hand.waits("it is called off") { server.booked(person).single().status == "cancelled" }
        assertEquals(1, server.asked("POST", booking))
    }

    private fun Pocket.isToldOfAnOutage() {
        losesTheNetwork()
        ear.presses("Garage, Tab")
        ear.isTold(", offline")
        findsTheNetwork()
        ear.presses("Account, Tab")
        ear.presses("Sign out, Button")
        ear.hears("Your vehicle, looked after, heading")
    }
}
