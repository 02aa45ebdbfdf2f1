package io.pmi.app.ui.samples

import io.pmi.core.AddVehicle
import io.pmi.core.Attention
import io.pmi.core.ChartBand
import io.pmi.core.ComponentSpot
import io.pmi.core.Day
import io.pmi.core.Garage
import io.pmi.core.GarageVehicle
import io.pmi.core.Problem
import io.pmi.core.QuantityUnit
import io.pmi.core.ReadingKind
import io.pmi.core.ReadingPoint
import io.pmi.core.ReadingRange
import io.pmi.core.Remedy
import io.pmi.core.TextKey
import io.pmi.core.Tone
import io.pmi.core.VehicleComponent
import io.pmi.core.VehicleHeading
import io.pmi.core.VehicleHistory
import io.pmi.core.VehicleIssue
import io.pmi.core.VehiclePage
import io.pmi.core.VehicleReading
import io.pmi.core.VehicleTelemetry
import io.pmi.core.VehicleWarranty

val ADD = AddVehicle(field(), busy = false, problem = null, added = null)

val ADD_BUSY = ADD.copy(vin = field("1HGCM82633A004352"), busy = true)

val ADD_CLAIMED = ADD.copy(vin = field("1HGCM82633A004352"), problem = Problem(text(TextKey.PROBLEM_VEHICLE_CLAIMED), Remedy.ContactSupport, "req-0c44d1"))

val ADD_WRONG = ADD.copy(vin = field("1HGCM82633A00435", TextKey.FIELD_VIN_MALFORMED))

private val NEXON = GarageVehicle(
    1, "Tata Nexon", 2022, quantity(48_210, QuantityUnit.KILOMETRES), CRITICAL_HEALTH, BRAKES_FAIL, BRAKE_SERVICE,
)

private val CRETA = GarageVehicle(
    2, "Hyundai Creta", 2020, quantity(71_004, QuantityUnit.KILOMETRES),
    health(68, TextKey.HEALTH_WARNING, Tone.WARNING), BATTERY_FAILS, null,
)

private val SWIFT = GarageVehicle(3, "Maruti Suzuki Swift", 2024, quantity(9_870, QuantityUnit.KILOMETRES), GOOD_HEALTH, null, OLD_SERVICE)

private val NEW = GarageVehicle(4, "Mahindra XUV700", null, null, null, null, null)

val GARAGE = Garage(SHOWN, listOf(NEXON, CRETA, SWIFT, NEW), canAdd = true, add = ADD, attention = null)

val GARAGE_ATTENTION = GARAGE.copy(attention = Attention(1u, Tone.CRITICAL))

val GARAGE_OFFLINE = GARAGE.copy(
    standing = OFFLINE,
    vehicles = listOf(NEXON.copy(booking = BRAKE_SERVICE.copy(status = text(TextKey.BOOKING_SCHEDULED), pending = pending(TextKey.PENDING_NETWORK))), SWIFT),
)

/** Of before the night. */
val GARAGE_STALE = GARAGE.copy(standing = STALE)

private fun component(spot: ComponentSpot, label: TextKey, score: Int?, state: TextKey, tone: Tone, vararg issues: VehicleIssue) =
    VehicleComponent(spot, text(label), score?.let { quantity(it, QuantityUnit.PLAIN) }, text(state), tone, issues.asList())

private val WORN = VehicleIssue(
    text(TextKey.SEVERITY_HIGH), Tone.CRITICAL, words("Brake pads are worn down to 2 mm"), words("Have the pads replaced"),
    quantity(82, QuantityUnit.PERCENT), quantity(5, QuantityUnit.DAYS),
)

private val LOOSE = VehicleIssue(text(TextKey.SEVERITY_LOW), Tone.WARNING, words("The lid does not close"), null, null, null)

private val COMPONENTS = listOf(
    component(ComponentSpot.ENGINE, TextKey.COMPONENT_ENGINE, 88, TextKey.HEALTH_HEALTHY, Tone.GOOD),
    component(ComponentSpot.TRANSMISSION, TextKey.COMPONENT_TRANSMISSION, 91, TextKey.HEALTH_HEALTHY, Tone.GOOD),
    component(ComponentSpot.BRAKES, TextKey.COMPONENT_BRAKES, 31, TextKey.HEALTH_CRITICAL, Tone.CRITICAL, WORN),
    component(ComponentSpot.BATTERY, TextKey.COMPONENT_BATTERY, 62, TextKey.HEALTH_WARNING, Tone.WARNING),
    component(ComponentSpot.COOLING_SYSTEM, TextKey.COMPONENT_COOLING_SYSTEM, 90, TextKey.HEALTH_HEALTHY, Tone.GOOD),
    component(ComponentSpot.OIL_SYSTEM, TextKey.COMPONENT_OIL_SYSTEM, 85, TextKey.HEALTH_HEALTHY, Tone.GOOD),
    component(ComponentSpot.SUSPENSION, TextKey.COMPONENT_SUSPENSION, null, TextKey.HEALTH_UNKNOWN, Tone.NEUTRAL),
    component(ComponentSpot.TIRES, TextKey.COMPONENT_TIRES, 77, TextKey.HEALTH_HEALTHY, Tone.GOOD),
    component(ComponentSpot.EXHAUST, TextKey.COMPONENT_EXHAUST, 94, TextKey.HEALTH_HEALTHY, Tone.GOOD),
    component(ComponentSpot.FUEL_SYSTEM, TextKey.COMPONENT_FUEL_SYSTEM, 89, TextKey.HEALTH_HEALTHY, Tone.GOOD),
)

private fun reading(
    kind: ReadingKind, label: TextKey, unit: QuantityUnit, values: List<Double>, tone: Tone, good: ReadingRange?, gauge: ReadingRange?, decimals: Int = 0,
) = VehicleReading(
    kind, text(label), quantity(values.last(), unit, decimals), tone, good, gauge,
    values.mapIndexed { number, value ->
        ReadingPoint(NOW.plusSeconds(number * 5L), value, number / (values.size - 1.0).coerceAtLeast(1.0), down(value, gauge))
    },
    good?.let { ChartBand(it.to?.let { to -> down(to, gauge) } ?: 0.0, it.from?.let { from -> down(from, gauge) } ?: 1.0) },
)

/** How far down on a chart of this gauge, or of 0 to 100. */
private fun down(value: Double, gauge: ReadingRange?): Double {
    val low = gauge?.from ?: 0.0
    return 1 - (value - low) / ((gauge?.to ?: 100.0) - low)
}

private val READINGS = listOf(
    reading(
        ReadingKind.ENGINE_TEMPERATURE, TextKey.READING_ENGINE_TEMPERATURE, QuantityUnit.CELSIUS,
        listOf(88.0, 90.0, 91.0, 95.0, 97.0, 96.0, 98.0), Tone.GOOD, ReadingRange(null, 105.0), ReadingRange(0.0, 150.0),
    ),
    reading(
        ReadingKind.OIL_PRESSURE, TextKey.READING_OIL_PRESSURE, QuantityUnit.PSI,
        listOf(41.0, 38.0, 33.0, 29.0, 27.0), Tone.CRITICAL, ReadingRange(30.0, null), ReadingRange(0.0, 100.0),
    ),
    reading(
        ReadingKind.BATTERY_VOLTAGE, TextKey.READING_BATTERY_VOLTAGE, QuantityUnit.VOLTS,
        listOf(12.1), Tone.WARNING, ReadingRange(12.2, null), ReadingRange(8.0, 16.0), 1,
    ),
    reading(ReadingKind.ENGINE_SPEED, TextKey.READING_ENGINE_SPEED, QuantityUnit.REVOLUTIONS_PER_MINUTE, listOf(2150.0), Tone.NEUTRAL, null, ReadingRange(0.0, 8000.0)),
    reading(ReadingKind.ODOMETER, TextKey.READING_ODOMETER, QuantityUnit.KILOMETRES, listOf(48_210.0), Tone.NEUTRAL, null, null),
)

val VEHICLE = VehiclePage(
    SHOWN,
    VehicleHeading(
        1, "Tata Nexon", 2022, "MAT62710XNLA00017", quantity(48_210, QuantityUnit.KILOMETRES), Day(2022, 3u, 14u),
        VehicleWarranty(Day(2027, 3u, 13u), false, text(TextKey.WARRANTY_RUNS), Tone.GOOD),
    ),
    CRITICAL_HEALTH, COMPONENTS, emptyList(), listOf(BRAKES_FAIL, BATTERY_FAILS),
    VehicleTelemetry(NOW.minusSeconds(120), READINGS), VehicleHistory(SHOWN, listOf(BRAKE_SERVICE, OLD_SERVICE)), canBook = true,
)

val VEHICLE_LOADING = VehiclePage(
    LOADING, null, null, emptyList(), emptyList(), emptyList(), null, VehicleHistory(LOADING, emptyList()), canBook = false,
)

/** Of a new vehicle nothing is known yet. */
val VEHICLE_BARE = VEHICLE.copy(
    heading = VEHICLE.heading?.copy(year = null, mileage = null, purchasedOn = null, warranty = null), health = null, predictions = emptyList(),
    components = COMPONENTS.map { it.copy(score = null, text = text(TextKey.HEALTH_UNKNOWN), tone = Tone.NEUTRAL, issues = emptyList()) },
    telemetry = null, history = VehicleHistory(EMPTY, emptyList()), canBook = false,
)

/** A later server knows of more; its bookings did not come. */
val VEHICLE_MORE = VEHICLE.copy(
    standing = TROUBLED,
    others = listOf(VehicleComponent(ComponentSpot.ELSEWHERE, words("Charging port"), quantity(58, QuantityUnit.PLAIN), text(TextKey.HEALTH_WARNING), Tone.WARNING, listOf(LOOSE))),
    history = VehicleHistory(FAILED, emptyList()), telemetry = null,
)

val VEHICLE_FAILED = VEHICLE_LOADING.copy(standing = FAILED, history = VehicleHistory(FAILED, emptyList()))
