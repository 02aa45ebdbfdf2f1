package io.pmi

import io.pmi.core.Problem
import io.pmi.core.SuspendReport
import io.pmi.core.Unsent
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration

/**
 * For a background task: sends what is to be sent and reads ahead what a person will look at next, for at most so long.
 *
 * @throws PmiException.SignInNeeded nobody is signed in
 * @throws PmiException.Locked the keys cannot be read now
 * @throws PmiException.Closed the client is closed
 */
public suspend fun PmiClient.sync(within: Duration = 25.seconds): SyncReport = sync(within.toJavaDuration())

/**
 * Holds no file, lock or connection any more until [PmiClient.resume]. Not needed on Android, and harmless there.
 *
 * @throws PmiException.Closed the client is closed
 */
public suspend fun PmiClient.suspend(within: Duration): SuspendReport = this.suspend(within.toJavaDuration())

/**
 * Signs out on this device, network or not, if there is nothing unsent to ask about.
 *
 * @throws PmiException.Unsent there is: nothing was done; ask, and sign out with [Unsent.KEEP] or [Unsent.DISCARD]
 */
public suspend fun PmiClient.signOut(): Boolean = signOut(Unsent.ASK)

/**
 * A client of this server: the whole core, without a network and without a trace.
 *
 * @param temporaryDir where it has a folder of its own as long as it is open; the system's by default, on Android the app's cache
 */
public fun MemoryServer.open(temporaryDir: String = System.getProperty("java.io.tmpdir")): PmiClient =
    PmiClient.inMemory(this, temporaryDir)

/** What to say to a person, where there is something to say. */
public val PmiException.problem: Problem?
    get() = when (this) {
        is PmiException.SignInNeeded -> problem
        is PmiException.Offline -> problem
        is PmiException.Refused -> problem
        is PmiException.UpgradeRequired -> problem
        is PmiException.Storage -> problem
        else -> null
    }
