// A client that writes down what is sent to its screens: which intents the walks have pressed is looked at once all of them are done.

package io.pmi.app.ui.walks

import io.pmi.AccountScreen
import io.pmi.AccountScreenInterface
import io.pmi.BookScreen
import io.pmi.BookScreenInterface
import io.pmi.BookingsScreen
import io.pmi.BookingsScreenInterface
import io.pmi.DiagnosticsScreen
import io.pmi.DiagnosticsScreenInterface
import io.pmi.ForgottenPasswordScreen
import io.pmi.ForgottenPasswordScreenInterface
import io.pmi.GarageScreen
import io.pmi.GarageScreenInterface
import io.pmi.NoHandle
import io.pmi.NotificationsScreen
import io.pmi.NotificationsScreenInterface
import io.pmi.PmiClient
import io.pmi.PmiClientInterface
import io.pmi.RegisterScreen
import io.pmi.RegisterScreenInterface
import io.pmi.SignInScreen
import io.pmi.SignInScreenInterface
import io.pmi.VehicleScreen
import io.pmi.VehicleScreenInterface
import io.pmi.WelcomeScreen
import io.pmi.WelcomeScreenInterface
import io.pmi.core.AccountIntent
import io.pmi.core.BookIntent
import io.pmi.core.BookingId
import io.pmi.core.BookingsIntent
import io.pmi.core.DiagnosticsIntent
import io.pmi.core.ForgottenPasswordIntent
import io.pmi.core.GarageIntent
import io.pmi.core.NotificationsIntent
import io.pmi.core.RegisterIntent
import io.pmi.core.SignInIntent
import io.pmi.core.VehicleId
import io.pmi.core.VehicleIntent
import io.pmi.core.WelcomeIntent
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.util.concurrent.ConcurrentHashMap

/** The same client, overheard. It is closed with the other. */
@Suppress("DELEGATED_MEMBER_HIDES_SUPERTYPE_OVERRIDE")
class Overheard(private val real: PmiClient) : PmiClient(NoHandle), PmiClientInterface by real {
    override fun account() = Account(real.account())

    override fun book(vehicle: VehicleId?) = Book(real.book(vehicle))

    override fun bookings() = Bookings(real.bookings())

    override fun diagnostics() = Diagnostics(real.diagnostics())

    override fun forgottenPassword() = ForgottenPassword(real.forgottenPassword())

    override fun garage() = Garage(real.garage())

    override fun moveBooking(booking: BookingId) = Book(real.moveBooking(booking))

    override fun notifications() = Notifications(real.notifications())

    override fun register() = Register(real.register())

    override fun signIn() = SignIn(real.signIn())

    override fun vehicle(id: VehicleId) = Vehicle(real.vehicle(id))

    override fun welcome() = Welcome(real.welcome())

    override fun close() = Unit

    class Account(private val real: AccountScreen) : AccountScreen(NoHandle), AccountScreenInterface by real {
        override fun send(intent: AccountIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Book(private val real: BookScreen) : BookScreen(NoHandle), BookScreenInterface by real {
        override fun send(intent: BookIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Bookings(private val real: BookingsScreen) : BookingsScreen(NoHandle), BookingsScreenInterface by real {
        override fun send(intent: BookingsIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Diagnostics(private val real: DiagnosticsScreen) : DiagnosticsScreen(NoHandle), DiagnosticsScreenInterface by real {
        override fun send(intent: DiagnosticsIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class ForgottenPassword(private val real: ForgottenPasswordScreen) : ForgottenPasswordScreen(NoHandle), ForgottenPasswordScreenInterface by real {
        override fun send(intent: ForgottenPasswordIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Garage(private val real: GarageScreen) : GarageScreen(NoHandle), GarageScreenInterface by real {
        override fun send(intent: GarageIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Notifications(private val real: NotificationsScreen) : NotificationsScreen(NoHandle), NotificationsScreenInterface by real {
        override fun send(intent: NotificationsIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Register(private val real: RegisterScreen) : RegisterScreen(NoHandle), RegisterScreenInterface by real {
        override fun send(intent: RegisterIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class SignIn(private val real: SignInScreen) : SignInScreen(NoHandle), SignInScreenInterface by real {
        override fun send(intent: SignInIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Vehicle(private val real: VehicleScreen) : VehicleScreen(NoHandle), VehicleScreenInterface by real {
        override fun send(intent: VehicleIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    class Welcome(private val real: WelcomeScreen) : WelcomeScreen(NoHandle), WelcomeScreenInterface by real {
        override fun send(intent: WelcomeIntent) = real.send(intent).also { noted(intent) }

        override fun close() = real.close()
    }

    private companion object {
        val file: Path = Path.of(System.getProperty("pmi.out"), "intents.txt")
        val known: MutableSet<String> = ConcurrentHashMap.newKeySet()

        /** Its name, and of which field it is where it is of one; not what a person wrote. */
        fun noted(intent: Any) {
            val type = intent.javaClass
            val name = if (intent is Enum<*>) "${type.simpleName}.${intent.name}" else "${type.superclass.simpleName}.${type.simpleName}"
            val field = type.declaredFields.find { it.name == "field" }?.run {
                isAccessible = true
                ".${get(intent)}"
            }
            val line = name + field.orEmpty()
            if (known.add(line)) Files.writeString(file, "$line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND)
        }
    }
}
