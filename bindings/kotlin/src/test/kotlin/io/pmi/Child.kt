package io.pmi

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.awaitCancellation

/** What a process does before it is killed. */
enum class Errand {
    /** It signs in. */
    SIGN_IN,

    /** It signs in and books without a network. */
    BOOK_OFFLINE,
}

/** A process that is killed: it does its errand, says so, and stays. */
fun main(args: Array<String>): Unit = test {
    val (errand, url, device, email, password) = args
    val client = open(url, Path.of(device))
    check(client.signIn(email, password).done)
    if (errand == Errand.BOOK_OFFLINE.name) {
        client.shownGarage()
        client.setNetwork(false)
        checkNotNull(client.bookService(Wish(days = 2, hour = 11)).accepted)
    }
    println(DONE)
    awaitCancellation()
}

/** Runs it on this device, and kills it when it is done. */
fun killedAfter(errand: Errand, server: Server, person: Person, device: Path) {
    val java = ProcessHandle.current().info().command().get()
    val command = listOf(
        java, "-cp", System.getProperty("java.class.path"), "io.pmi.ChildKt",
        errand.name, server.url, "$device", person.email, person.password,
    )
    val child = ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    try {
        check(child.inputReader().readLine() == DONE)
    } finally {
        child.destroyForcibly()
    }
    check(child.waitFor(20, TimeUnit.SECONDS))
}

private const val DONE = "done"
