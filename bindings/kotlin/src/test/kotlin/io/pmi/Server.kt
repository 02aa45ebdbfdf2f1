package io.pmi

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

/** The reference platform in a child process, with commands under `/__control/`. */
class Server private constructor(private val process: Process, hello: String) : AutoCloseable {
    val url: String = word(hello, "url")
    val password: String = word(hello, "password")

    /** A customer with one vehicle, in a critical state. */
    val email: String = CRITICAL.find(hello)!!.groupValues[1]

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

    private fun control(method: String, name: String, body: String): String {
        val request = HttpRequest.newBuilder(URI("$url/__control/$name"))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build()
        val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() == 200) { answer.body() }
        return answer.body()
    }

    override fun close() {
        process.destroyForcibly().waitFor()
    }

    companion object {
        private val CRITICAL =
            Regex(""""critical_vehicle_ids":\[\d+],"email":"([^"]+)"[^{}]*"vehicle_ids":\[\d+]""")

        fun start(): Server {
            val binary = checkNotNull(System.getenv("PMI_SERVER_BINARY")) { "PMI_SERVER_BINARY: where `pmi` is" }
            val command = listOf(binary, "--json", "serve", "--port", "0", "--db", "memory", "--no-limits", "--control")
            val process = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
            // It goes with this process, however that ends.
            Runtime.getRuntime().addShutdownHook(Thread { process.destroyForcibly() })
            val hello = process.inputReader().readLine()
            return Server(process, checkNotNull(hello) { "the server did not start" })
        }

        private fun word(json: String, name: String) = Regex(""""$name":"([^"]*)"""").find(json)!!.groupValues[1]

        private fun quoted(text: String) = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
    }
}
