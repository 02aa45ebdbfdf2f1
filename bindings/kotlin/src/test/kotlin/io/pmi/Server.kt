package io.pmi

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.Path

/** Which platform: the deployed one, or the reference. */
enum class Dialect { V1, V2 }

/** A customer with one vehicle. */
data class Person(val id: Int, val email: String, val password: String)

/** A booking as the server has it. */
data class Booked(val id: Int, val wallTime: String, val status: String, val operation: String?)

/** The platform in a child process, with commands under `/__control/`. */
class Server private constructor(private val dialect: Dialect, private val database: Path) : AutoCloseable {
    /** What it said when it started, as JSON. */
    val hello: String
    private var process: Process

    init {
        val (started, said) = launch(0)
        process = started
        hello = said
        // It goes with this process, however that ends.
        Runtime.getRuntime().addShutdownHook(Thread { process.destroyForcibly() })
    }

    val url: String = word(hello, "url")

    /** Customers with one vehicle each, which is in a critical state. */
    val people: List<Person> = CRITICAL.findAll(hello).map {
        Person(it.groupValues[2].toInt(), it.groupValues[1], word(hello, "password"))
    }.toList()

    val email: String = people[0].email
    val password: String = people[0].password

    /** Cut off: nobody listens there. */
    fun stop() {
        process.destroyForcibly().waitFor()
    }

    /** There again, with all it knew. */
    fun startAgain() {
        process = launch(URI(url).port).first
    }

    /** Fails what is sent to paths that begin so. */
    fun fail(path: String, status: Int, body: String) {
        val rule = """{"path":"$path","fault":"status","status":$status,"body":${quoted(body)}}"""
        control("POST", "rules", rule)
    }

    /** Every rule is gone. */
    fun heal() {
        control("POST", "clear", "{}")
    }

    /** What the server saw, as JSON. */
    fun seen(): String = control("GET", "seen", "")

    /** What of this person's was booked here, and not by the seed. */
    fun booked(person: Person): List<Booked> {
        val all = Regex("""\{"center_id[^{}]*}""").findAll(control("GET", "bookings?customer_id=${person.id}", ""))
        return all.map { it.value }.filter { it.contains("\"notes\":\"$BY_TESTS") }.map {
            Booked(number(it, "id"), word(it, "wall_time"), word(it, "status"), operation(it))
        }.toList()
    }

    /** A command of `tests/platform`, and what it answers. */
    fun control(method: String, name: String, body: String): String {
        val request = HttpRequest.newBuilder(URI("$url/__control/$name"))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build()
        val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() == 200) { answer.body() }
        return answer.body()
    }

    private fun launch(port: Int): Pair<Process, String> {
        val binary = checkNotNull(System.getenv("PMI_SERVER_BINARY")) { "PMI_SERVER_BINARY: where `pmi` is" }
        val command = listOf(
            binary, "--json", "serve", "--port", "$port", "--db", "$database", "--dialect", dialect.name.lowercase(),
            "--no-limits", "--control",
        )
        val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        val hello = process.inputReader().readLine()
        return process to checkNotNull(hello) { "the server did not start" }
    }

    override fun close() = stop()

    companion object {
        private val CRITICAL =
            Regex(""""critical_vehicle_ids":\[\d+],"email":"([^"]+)"[^{}]*"id":(\d+)[^{}]*"vehicle_ids":\[\d+]""")

        fun start(dialect: Dialect = Dialect.V2): Server = Server(dialect, Files.createTempDirectory("pmi-server-").resolve("db"))

        private fun word(json: String, name: String) = Regex(""""$name":"([^"]*)"""").find(json)!!.groupValues[1]

        private fun number(json: String, name: String) = Regex(""""$name":(\d+)""").find(json)!!.groupValues[1].toInt()

        private fun operation(json: String) =
            Regex(""""client_operation_id":"([^"]*)"""").find(json)?.groupValues?.get(1)

        private fun quoted(text: String) = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
    }
}
