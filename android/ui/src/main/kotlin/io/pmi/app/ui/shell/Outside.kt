// What the app asks of the system it runs on. Each system has its own; nothing is decided there.

package io.pmi.app.ui.shell

import androidx.compose.runtime.ProvidableCompositionLocal
import androidx.compose.runtime.staticCompositionLocalOf
import io.pmi.core.Exported

/** What a system does for the app. */
interface Outside {
    /** Shows the pictures of the device; gives the bytes of the one that was chosen, or nothing. */
    suspend fun pickPhoto(): ByteArray?

    /** The same, of pictures that were being shown when the system ended the app or made its window anew. */
    suspend fun photoOfBefore(): ByteArray?

    /** Saves or shares a document. Gives whether it is taken. */
    suspend fun share(document: Exported): Boolean

    /** Opens any web page, so that a network can ask for its login. */
    fun openBrowser()

    /** Shows the settings of the network. */
    fun changeNetwork()

    /** Shows the settings of the storage. */
    fun freeSpace()

    /** Shows the app in its store. */
    fun updateApp()

    /** Ends the app and starts it again. */
    fun restartApp()

    /** Writes to support. */
    fun contactSupport(requestId: String?)

    /** To where one signs in. */
    fun signIn()

    /** Something in the app threw. */
    fun report(failure: Throwable)

    /** Gives a report of it to whom the person chooses. */
    fun sendReport(report: String)
}

/** A system that does nothing: for pictures. */
open class NoOutside : Outside {
    override suspend fun pickPhoto(): ByteArray? = null
    override suspend fun photoOfBefore(): ByteArray? = null
    override suspend fun share(document: Exported): Boolean = false
    override fun openBrowser() = Unit
    override fun changeNetwork() = Unit
    override fun freeSpace() = Unit
    override fun updateApp() = Unit
    override fun restartApp() = Unit
    override fun contactSupport(requestId: String?) = Unit
    override fun signIn() = Unit
    override fun report(failure: Throwable) = Unit
    override fun sendReport(report: String) = Unit
}

val LocalOutside: ProvidableCompositionLocal<Outside> = staticCompositionLocalOf { NoOutside() }
