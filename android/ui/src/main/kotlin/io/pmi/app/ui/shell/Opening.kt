// The screens of the core as the binder takes them. A screen is added here in one line.

package io.pmi.app.ui.shell

import io.pmi.PmiClient
import io.pmi.core.BookingId
import io.pmi.core.VehicleId
import io.pmi.records

fun PmiClient.openWelcome() = welcome().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openSignIn() = signIn().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openRegister() = register().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openForgottenPassword() = forgottenPassword().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openGarage() = garage().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openVehicle(id: VehicleId) = vehicle(id).let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openBook(vehicle: VehicleId?) = book(vehicle).let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openMove(booking: BookingId) = moveBooking(booking).let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openBookings() = bookings().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openNotifications() = notifications().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openAccount() = account().let { Opened(it::now, it.records, it::send, it::close) }

fun PmiClient.openDiagnostics() = diagnostics().let { Opened(it::now, it.records, it::send, it::close) }
