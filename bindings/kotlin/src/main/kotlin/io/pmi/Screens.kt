// What each screen shows, as a Flow. A screen is added here in four lines.

package io.pmi

import io.pmi.core.Account
import io.pmi.core.Book
import io.pmi.core.Bookings
import io.pmi.core.Diagnostics
import io.pmi.core.ForgottenPassword
import io.pmi.core.Garage
import io.pmi.core.Notifications
import io.pmi.core.Register
import io.pmi.core.SignIn
import io.pmi.core.VehiclePage
import io.pmi.core.Welcome
import kotlinx.coroutines.flow.Flow

/** What the account shows: now, and after each change. */
public val AccountScreen.records: Flow<Account>
    get() = watching(::watch, AccountWatch::next)

/** What the form that books shows: now, and after each change. */
public val BookScreen.records: Flow<Book>
    get() = watching(::watch, BookWatch::next)

/** What the bookings show: now, and after each change. */
public val BookingsScreen.records: Flow<Bookings>
    get() = watching(::watch, BookingsWatch::next)

/** What the diagnostics show: now, and after each change. */
public val DiagnosticsScreen.records: Flow<Diagnostics>
    get() = watching(::watch, DiagnosticsWatch::next)

/** What the way to a new password shows: now, and after each change. */
public val ForgottenPasswordScreen.records: Flow<ForgottenPassword>
    get() = watching(::watch, ForgottenPasswordWatch::next)

/** What the garage shows: now, and after each change. */
public val GarageScreen.records: Flow<Garage>
    get() = watching(::watch, GarageWatch::next)

/** What the notifications show: now, and after each change. */
public val NotificationsScreen.records: Flow<Notifications>
    get() = watching(::watch, NotificationsWatch::next)

/** What the form to register shows: now, and after each change. */
public val RegisterScreen.records: Flow<Register>
    get() = watching(::watch, RegisterWatch::next)

/** What the form to sign in shows: now, and after each change. */
public val SignInScreen.records: Flow<SignIn>
    get() = watching(::watch, SignInWatch::next)

/** What one vehicle's page shows: now, and after each change. */
public val VehicleScreen.records: Flow<VehiclePage>
    get() = watching(::watch, VehicleWatch::next)

/** What the beginning of an app shows: now, and after each change. */
public val WelcomeScreen.records: Flow<Welcome>
    get() = watching(::watch, WelcomeWatch::next)
