package io.pmi

import java.nio.file.Path
import kotlinx.coroutines.awaitCancellation

/** A process that is killed: it signs in, says so, and stays. */
fun main(args: Array<String>): Unit = test {
    val (url, device, email, password) = args
    val client = open(url, Path.of(device))
    check(client.signIn(email, password).done)
    println("signed in")
    awaitCancellation()
}
