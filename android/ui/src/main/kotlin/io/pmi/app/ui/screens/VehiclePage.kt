package io.pmi.app.ui.screens

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.design.Size
import io.pmi.app.design.Space
import io.pmi.app.design.of
import io.pmi.app.design.softOf
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Badge
import io.pmi.app.ui.parts.Block
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.BookingLine
import io.pmi.app.ui.parts.Fact
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.HealthRing
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.Listing
import io.pmi.app.ui.parts.MachineDrawing
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Mark
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.Pair
import io.pmi.app.ui.parts.PredictionRow
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Quiet
import io.pmi.app.ui.parts.Reading
import io.pmi.app.ui.parts.Rowed
import io.pmi.app.ui.parts.Sign
import io.pmi.app.ui.parts.Skeletons
import io.pmi.app.ui.parts.Strong
import io.pmi.app.ui.parts.VehicleSkeleton
import io.pmi.app.ui.parts.Wide
import io.pmi.app.ui.parts.isLarge
import io.pmi.app.ui.parts.onBar
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.parts.signOf
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.ComponentSpot
import io.pmi.core.Phase
import io.pmi.core.VehicleComponent
import io.pmi.core.VehicleHeading
import io.pmi.core.VehicleIntent
import io.pmi.core.VehicleIssue
import io.pmi.core.VehiclePage
import io.pmi.core.VehicleTelemetry

/** One vehicle. [back] is left out where it stands beside the garage; [first] is chosen at first. */
@Composable
fun VehiclePage(record: VehiclePage, send: (VehicleIntent) -> Unit, back: (() -> Unit)?, first: ComponentSpot? = null, book: () -> Unit) {
    var chosen by rememberSaveable { mutableStateOf(first) }
    val choose = { spot: ComponentSpot -> chosen = if (chosen == spot) null else spot }
    Page(record.heading?.name ?: say(Label.VEHICLE_TITLE), back) {
        Listing(record.standing, { send(VehicleIntent.REFRESH) }, skeleton = { VehicleSkeleton() }) {
            item("drawing") { Overview(record, chosen, choose) }
            if (record.canBook) item("book") { MainButton(say(Label.VEHICLE_BOOK), icon = Icon.CALENDAR_PLUS, onPress = book) }
            item("predictions") { Predictions(record) }
            item("components") { Components(Label.VEHICLE_COMPONENTS, record.components, chosen, choose) }
            if (record.others.isNotEmpty()) {
                item("others") { Components(Label.VEHICLE_OTHER_COMPONENTS, record.others, null, null) }
            }
            telemetry(record.telemetry)
            item("history") { History(record) { send(VehicleIntent.REFRESH) } }
            record.heading?.let { item("details") { Details(it) } }
        }
    }
}

@Composable
private fun Overview(record: VehiclePage, chosen: ComponentSpot?, choose: (ComponentSpot) -> Unit) = Block {
    val words = LocalWords.current
    record.health?.let { health ->
        Wide(
            first = {
                Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
                    Quiet(say(Label.VEHICLE_HEALTH))
                    Mark(words.text(health.text), health.tone)
                }
            },
            second = { HealthRing(health) },
        )
    }
    MachineDrawing(record.components, chosen, Modifier.fillMaxWidth(), choose)
    record.components.find { it.spot == chosen }?.let {
        HorizontalDivider(color = LocalPalette.current.outline)
        ComponentHead(it)
        Issues(it.issues)
    }
}

@Composable
private fun Predictions(record: VehiclePage) = Block {
    Heading(say(Label.VEHICLE_PREDICTIONS))
    if (record.predictions.isEmpty()) Line(Icon.GOOD, say(Label.VEHICLE_PREDICTIONS_EMPTY))
    record.predictions.forEachIndexed { number, prediction ->
        if (number > 0) HorizontalDivider(color = LocalPalette.current.outline)
        PredictionRow(prediction)
    }
}

/** One below the other on one card; pressed, each says what is wrong with it. */
@Composable
private fun Components(title: Label, components: List<VehicleComponent>, chosen: ComponentSpot?, choose: ((ComponentSpot) -> Unit)?) =
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(say(title))
        Rowed(components) { component ->
            val open = choose == null || component.spot == chosen
            val state = say(if (open) Label.COLLAPSE else Label.EXPAND)
            val press = choose?.let { Modifier.clickable(role = Role.Button) { it(component.spot) }.semantics { stateDescription = state } } ?: Modifier
            Column(
                press.semantics(mergeDescendants = true) {}.fillMaxWidth().heightIn(min = Size.touch).padding(Space.m, 12.dp),
                Arrangement.spacedBy(Space.s, Alignment.CenterVertically),
            ) {
                ComponentHead(component)
                if (open) Issues(component.issues)
            }
        }
    }

@Composable
private fun ComponentHead(component: VehicleComponent) = Row(horizontalArrangement = Arrangement.spacedBy(12.dp), verticalAlignment = Alignment.CenterVertically) {
    val words = LocalWords.current
    val palette = LocalPalette.current
    Badge(signOf(component.spot), palette.of(component.tone), palette.softOf(component.tone))
    Pair({
        Column {
            Strong(words.text(component.label))
            component.score?.let { Quiet(say(Label.VEHICLE_HEALTH_SCORE, words.quantity(it))) }
        }
    }) { Mark(words.text(component.text), component.tone) }
}

@Composable
private fun Issues(issues: List<VehicleIssue>) {
    if (issues.isEmpty()) Quiet(say(Label.VEHICLE_NO_ISSUES))
    issues.forEach { Issue(it) }
}

@Composable
private fun Issue(issue: VehicleIssue) = Row(
    Modifier.semantics(mergeDescendants = true) {},
    Arrangement.spacedBy(12.dp),
) {
    val words = LocalWords.current
    Box(Modifier.width(onBar(40.dp)), Alignment.TopCenter) { Sign(signOf(issue.tone), tint = LocalPalette.current.of(issue.tone), size = onBar(Size.icon)) }
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        Body(words.text(issue.description))
        Quiet(
            listOfNotNull(
                words.text(issue.severity),
                issue.probability?.let { words.say(Label.VEHICLE_PROBABILITY, words.quantity(it)) },
                issue.daysLeft?.let { words.say(Label.VEHICLE_DAYS_LEFT, words.quantity(it)) },
            ).joinToString(" · "),
        )
        issue.action?.let { Quiet(words.say(Label.VEHICLE_ACTION, words.text(it))) }
    }
}

private fun LazyListScope.telemetry(telemetry: VehicleTelemetry?) {
    item("sensors") {
        Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
            Heading(say(Label.VEHICLE_TELEMETRY))
            telemetry?.measuredAt?.let { Quiet(say(Label.VEHICLE_MEASURED_AT, LocalWords.current.moment(it))) }
            if (telemetry == null) Quiet(say(Label.VEHICLE_TELEMETRY_EMPTY))
        }
    }
    val readings = telemetry?.readings.orEmpty()
    items(readings.chunked(2), { it.first().kind.name }) { pair ->
        if (isLarge()) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.m)) { pair.forEach { Reading(it) } }
        } else {
            Row(Modifier.height(IntrinsicSize.Min), Arrangement.spacedBy(Space.m)) {
                pair.forEach { Reading(it, Modifier.weight(1f).fillMaxHeight()) }
            }
        }
    }
}

@Composable
private fun History(record: VehiclePage, refresh: () -> Unit) = Block {
    Heading(say(Label.VEHICLE_HISTORY))
    val history = record.history
    when (history.standing.phase) {
        Phase.FIRST_LOAD -> Skeletons(1)
        Phase.EMPTY -> Quiet(say(Label.VEHICLE_HISTORY_EMPTY))
        Phase.FAILED -> history.standing.problem?.let { ProblemLine(it, refresh) }
        Phase.SHOWN -> history.bookings.forEachIndexed { number, booking ->
            if (number > 0) HorizontalDivider(color = LocalPalette.current.outline)
            BookingLine(booking)
        }
    }
}

@Composable
private fun Details(heading: VehicleHeading) = Block {
    val words = LocalWords.current
    Heading(say(Label.VEHICLE_DETAILS))
    heading.year?.let { Fact(say(Label.VEHICLE_YEAR), it.toString()) }
    heading.mileage?.let { Fact(say(Label.VEHICLE_MILEAGE), words.quantity(it)) }
    if (heading.vin.isNotEmpty()) Fact(say(Label.VEHICLE_VIN), heading.vin)
    heading.purchasedOn?.let { Fact(say(Label.VEHICLE_PURCHASED), words.day(it)) }
    heading.warranty?.let {
        Fact(say(Label.VEHICLE_WARRANTY), say(Label.VEHICLE_WARRANTY_UNTIL, words.text(it.text), words.day(it.until)))
    }
}
