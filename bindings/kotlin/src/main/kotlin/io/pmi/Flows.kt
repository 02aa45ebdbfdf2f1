package io.pmi

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Who is signed in: now, and after each change. Ends when the client is closed. */
public val PmiClient.sessions: Flow<SessionState>
    get() = watching(::watchSession, SessionWatch::next)

/**
 * A cold flow: each collection is a watch of its own, which is closed when the collection ends, however it ends. It ends by itself when
 * the client is closed; a slow collector is given the newest, not all. Collecting what was closed before throws [PmiException.Closed].
 */
internal fun <W : AutoCloseable, T : Any> watching(open: () -> W, next: suspend (W) -> T?): Flow<T> = flow {
    open().use { watch ->
        while (true) {
            emit(next(watch) ?: break)
        }
    }
}
