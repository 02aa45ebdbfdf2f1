// Where the person is: a stack of destinations for each part of the app.

package io.pmi.app.ui.shell

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import io.pmi.core.BookingId
import io.pmi.core.VehicleId
import java.io.Serializable

/** A place in the app. It can be kept while the app does not run. */
sealed interface Destination : Serializable {
    /** Where the app begins. */
    data object Welcome : Destination

    data object SignIn : Destination

    data object Register : Destination

    data object ForgottenPassword : Destination

    data object Garage : Destination

    data class Vehicle(val id: VehicleId) : Destination

    data class Book(val vehicle: VehicleId?) : Destination

    data class Move(val booking: BookingId) : Destination

    data object Bookings : Destination

    data object Notifications : Destination

    data object Account : Destination

    data object Diagnostics : Destination
}

/** The destinations one came through; the last is shown. From the [beginning] of all there is no way back but out of the app. */
class BackStack(private val beginning: Destination) {
    var all: List<Destination> by mutableStateOf(listOf(beginning))
        private set

    val shown: Destination get() = all.last()

    /** Where back leads: from the other parts of the app to the first. */
    val under: Destination? get() = all.getOrNull(all.size - 2) ?: beginning.takeIf { it != shown }

    val canGoBack: Boolean get() = under != null

    /** To this one; to where it stands already, if it does. */
    fun to(destination: Destination) {
        all = all.takeWhile { it != destination } + destination
    }

    /** To this one, and back from it to where this one is left for. */
    fun instead(destination: Destination) {
        all = all.dropLast(1) + destination
    }

    fun back() {
        all = all.dropLast(1).ifEmpty { listOf(beginning) }
    }

    /** Where one was when the app last ran. */
    fun restore(kept: List<Destination>) {
        if (kept.isNotEmpty()) all = kept
    }

    /** To another root. */
    fun root(destination: Destination) {
        all = listOf(destination)
    }
}
