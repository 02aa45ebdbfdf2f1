package io.pmi.app.ui.walks

import io.pmi.app.ui.shell.NoOutside
import io.pmi.core.Exported

/** A system with one photo, which remembers what was asked of it. */
class Phone(private val photo: ByteArray? = null) : NoOutside() {
    val reported = mutableListOf<Throwable>()

    /** What was shared, the newest last. */
    val shared = mutableListOf<Exported>()

    /** What else was asked for, in order. */
    val asked = mutableListOf<String>()

    override suspend fun pickPhoto(): ByteArray? = photo

    override suspend fun share(document: Exported): Boolean = shared.add(document)

    override fun openBrowser() = did("browser")

    override fun changeNetwork() = did("network")

    override fun freeSpace() = did("space")

    override fun updateApp() = did("update")

    override fun restartApp() = did("restart")

    override fun contactSupport(requestId: String?) = did("support $requestId")

    override fun signIn() = did("sign in")

    override fun report(failure: Throwable) {
        reported.add(failure)
    }

    private fun did(what: String) {
        asked.add(what)
    }
}
