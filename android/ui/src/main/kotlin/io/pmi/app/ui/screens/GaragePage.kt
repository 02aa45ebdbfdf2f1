package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import io.pmi.app.design.Counted
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Space
import io.pmi.app.design.of
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Beside
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.BookingLine
import io.pmi.app.ui.parts.Field
import io.pmi.app.ui.parts.GarageSkeleton
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.HealthRing
import io.pmi.app.ui.parts.IconPress
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Listing
import io.pmi.app.ui.parts.MachinePicture
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Mark
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.PredictionRow
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.Sheet
import io.pmi.app.ui.parts.SAID
import io.pmi.app.ui.parts.SideButton
import io.pmi.app.ui.parts.Typing
import io.pmi.app.ui.parts.Wide
import io.pmi.app.ui.parts.isLarge
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.parts.signOf
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.AddVehicle
import io.pmi.core.Garage
import io.pmi.core.GarageIntent
import io.pmi.core.GarageVehicle
import io.pmi.core.VehicleId

/** The person's vehicles. [chosen] is the one that is shown beside the list. */
@Composable
fun GaragePage(
    record: Garage,
    send: (GarageIntent) -> Unit,
    vehicle: (VehicleId) -> Unit,
    bookings: () -> Unit,
    chosen: VehicleId? = null,
) {
    var adding by rememberSaveable { mutableStateOf(false) }
    val words = LocalWords.current
    val close = {
        adding = false
        send(GarageIntent.AddClosed)
    }
    Page(
        say(Label.GARAGE_TITLE),
        actions = { if (record.canAdd) IconPress(Icon.PLUS, say(Label.ADD_VEHICLE)) { adding = true } },
    ) {
        Listing(record.standing, { send(GarageIntent.Refresh) }, empty = { EmptyGarage(record.canAdd) { adding = true } }, skeleton = { GarageSkeleton() }) {
            record.attention?.let { attention ->
                item("attention") {
                    Block(tone = attention.tone) {
                        Line(signOf(attention.tone), words.count(Counted.ATTENTION, attention.count.toLong()), SAID, color = LocalPalette.current.of(attention.tone))
                        SideButton(say(Label.GARAGE_DECIDE), onPress = bookings)
                    }
                }
            }
            items(record.vehicles, { it.id }) { VehicleCard(it, it.id == chosen) { vehicle(it.id) } }
        }
    }
    if (adding) Sheet(say(Label.ADD_VEHICLE), close) { AddForm(record.add, send, close) }
}

@Composable
private fun VehicleCard(vehicle: GarageVehicle, chosen: Boolean, open: () -> Unit) {
    val words = LocalWords.current
    Block(Modifier.semantics { selected = chosen }, onPress = open) {
        val health = vehicle.health
        val facts = listOfNotNull(vehicle.year?.toString(), vehicle.mileage?.let(words::quantity)).joinToString(" · ")
        if (isLarge()) {
            Heading(vehicle.name)
            if (facts.isNotEmpty()) Quiet(facts)
            if (health != null) Beside({ HealthRing(health) }) { Mark(words.text(health.text), health.tone) }
        } else {
            Wide(
                first = {
                    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
                        Heading(vehicle.name)
                        if (facts.isNotEmpty()) Quiet(facts)
                        if (health != null) Mark(words.text(health.text), health.tone)
                    }
                },
                second = { health?.let { HealthRing(it) } },
            )
        }
        if (health == null) Line(Icon.UNKNOWN, say(Label.GARAGE_NO_HEALTH))
        vehicle.prediction?.let {
            HorizontalDivider(color = LocalPalette.current.outline)
            PredictionRow(it)
        }
        vehicle.booking?.let {
            HorizontalDivider(color = LocalPalette.current.outline)
            BookingLine(it)
        }
    }
}

@Composable
private fun EmptyGarage(canAdd: Boolean, add: () -> Unit) = Notice(
    Icon.CAR,
    say(Label.GARAGE_EMPTY_TITLE),
    say(if (canAdd) Label.GARAGE_EMPTY_BODY else Label.GARAGE_EMPTY_CANNOT_ADD),
    picture = { MachinePicture(Modifier.fillMaxWidth(0.8f)) },
) {
    if (canAdd) MainButton(say(Label.ADD_VEHICLE), icon = Icon.PLUS, onPress = add)
}

/** Adding a vehicle by its number. */
@Composable
fun AddForm(record: AddVehicle, send: (GarageIntent) -> Unit, close: () -> Unit) {
    LaunchedEffect(record.added) { if (record.added != null) close() }
    val submit = { send(GarageIntent.Add) }
    record.problem?.let { ProblemLine(it, submit) }
    Field(
        say(Label.FIELD_VIN), record.vin, { send(GarageIntent.Vin(it)) }, { send(GarageIntent.VinLeft) },
        Typing(last = true, submit = submit), help = say(Label.FIELD_VIN_HELP), enabled = !record.busy,
    )
    MainButton(say(Label.ADD_VEHICLE_SUBMIT), busy = record.busy, onPress = submit)
}
