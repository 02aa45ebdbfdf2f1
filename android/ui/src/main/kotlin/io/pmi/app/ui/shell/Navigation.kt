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

/** The destinations one came through; the last is shown, the first is never left. */
class BackStack(root: Destination) {
    var all: List<Destination> by mutableStateOf(listOf(root))
        private set

    val shown: Destination get() = all.last()

    val canGoBack: Boolean get() = all.size > 1

    /** To this one; to where it stands already, if it does. */
    fun to(destination: Destination) {
        all = all.takeWhile { it != destination } + destination
    }

    /** To this one, and back from it to where this one is left for. */
    fun instead(destination: Destination) {
        all = all.dropLast(1) + destination
    }

    fun back() {
        if (canGoBack) all = all.dropLast(1)
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
