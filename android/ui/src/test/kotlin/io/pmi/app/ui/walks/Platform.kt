// What the walks ask of the platform in its child process: to fail, and to say what it saw.

package io.pmi.app.ui.walks

import io.pmi.Dialect
import io.pmi.Server

/** A vehicle that is nobody's yet. */
val Server.unclaimedVin: String get() = Regex(""""unclaimed_vins":\["([^"]+)"""").find(hello)!!.groupValues[1]

/** Does this to what is sent so: [times] times, to all if that is not said. */
fun Server.does(fault: String, method: String, path: String, times: Int? = null, more: String = "") {
    val often = times?.let { ""","times":$it""" }.orEmpty()
    control("POST", "rules", """{"method":"$method","path":"$path","fault":"$fault"$often$more}""")
}

/** Refuses what is sent so for good, in the words of this server. */
fun Pocket.refuses(method: String, path: String, times: Int? = null) {
    val said = if (dialect == Dialect.V2) {
        """{"error":"validation_failed","message":"Closed that day","request_id":"r-1"}"""
    } else {
        """{"detail":[{"loc":["body"],"msg":"Closed that day","type":"value_error"}]}"""
    }
    server.does("status", method, path, times, ""","status":422,"body":"${said.replace("\"", "\\\"")}"""")
}

/** Lets what the gate of this name holds go on. */
fun Server.releases(gate: String) {
    control("POST", "release", """{"gate":"$gate"}""")
}

/** How many stand, or stood, at the gate of this name. */
fun Server.arrived(gate: String): Int = number(control("POST", "gate", """{"gate":"$gate"}"""), "arrived")

/** Puts its clock so far ahead of the device's. */
fun Server.isAhead(seconds: Int) {
    control("POST", "clock", """{"ahead_s":$seconds}""")
}

/** Counts from zero. */
fun Server.countsAnew() {
    control("POST", "reset-counts", "{}")
}

/** How often a new token was asked for. */
fun Server.refreshes(): Int = number(control("GET", "counts", ""), "refresh_requests")

/** How often this was asked for. */
fun Server.asked(method: String, path: String): Int = Regex(""""method":"$method","path":"$path"""").findAll(seen()).count()

/** The code that was sent to this person last. */
fun Server.resetCode(email: String): String {
    val all = Regex("""\{[^{}]*}""").findAll(control("GET", "resets", "")).map { it.value }.filter { it.contains("\"to\":\"$email\"") }
    return Regex(""""token":"([^"]+)"""").find(all.last())!!.groupValues[1]
}

/** At the service centre's desk a booking is given another time. */
fun Server.moves(booking: Int, wallTime: String) {
    control("POST", "booking", """{"id":$booking,"wall_time":"$wallTime"}""")
}

/** The centre takes so many vehicles at a time. */
fun Server.hasRoomFor(center: Int, vehicles: Int) {
    control("POST", "center", """{"center_id":$center,"capacity":$vehicles}""")
}

private fun number(json: String, name: String) = Regex(""""$name":(\d+)""").find(json)!!.groupValues[1].toInt()
