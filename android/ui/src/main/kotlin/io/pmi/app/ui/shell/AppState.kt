// What the app is beyond its screens: which client it draws, where the person is, how it looks. It outlives what is drawn, so that
// the drawing can be begun anew after a failure.

package io.pmi.app.ui.shell

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import io.pmi.MemoryServer
import io.pmi.PmiClient
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.core.SignInIntent
import io.pmi.open

/** The demo: the whole core, with a server in this process. */
class Demo(val server: MemoryServer, val client: PmiClient)

/**
 * The state of the app. [client] is the real one; [temporaryDir] is where the demo has its files; [log] is what the core said last. [spoken] and
 * [looked] are told what the person has chosen.
 */
class AppState(
    private val client: PmiClient,
    private val temporaryDir: String,
    language: Language,
    appearance: Appearance = Appearance.SYSTEM,
    val log: LogBook = LogBook(),
    private val spoken: (Language) -> Unit = {},
    private val looked: (Appearance) -> Unit = {},
) {
    var language: Language by mutableStateOf(language)
        private set

    var appearance: Appearance by mutableStateOf(appearance)
        private set

    var demo: Demo? by mutableStateOf(null)
        private set

    /** Why drawing this failed. Drawn again once the person asks for it. */
    var failure: Throwable? by mutableStateOf(null)
        private set

    /** Where somebody is who is not signed in. */
    val door = BackStack(Destination.Welcome)

    /** Where somebody is who is. */
    val home = BackStack(Destination.Garage)

    /** The client whose screens are drawn. */
    val shown: PmiClient get() = demo?.client ?: client

    fun speak(language: Language) {
        hear(language)
        spoken(language)
    }

    /** The device speaks another language now. */
    fun hear(language: Language) {
        this.language = language
    }

    fun look(appearance: Appearance) {
        this.appearance = appearance
        looked(appearance)
    }

    /** Begins the demo, signed in; signs in again, where it goes on already. */
    fun beginDemo() {
        val begun = demo ?: MemoryServer().let { Demo(it, it.open(temporaryDir)) }
        begun.client.signIn().use { signIn ->
            signIn.send(SignInIntent.Email(begun.server.email()))
            signIn.send(SignInIntent.Password(begun.server.password()))
            // It goes on when the screen is closed.
            signIn.send(SignInIntent.Submit)
        }
        demo = begun
    }

    /** Back to the real client. */
    fun endDemo() {
        val ended = demo ?: return
        demo = null
        door.root(Destination.Welcome)
        home.root(Destination.Garage)
        ended.client.close()
        ended.server.close()
    }

    /** Drawing threw: told by whoever draws, before it draws anew. */
    fun fail(thrown: Throwable) {
        failure = thrown
    }

    fun tryAgain() {
        failure = null
    }
}
