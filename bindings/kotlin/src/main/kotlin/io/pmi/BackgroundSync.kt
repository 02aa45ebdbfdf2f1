package io.pmi

import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes

/** What a background task tells its scheduler. */
public enum class BackgroundSync {
    /** All is done that can be done: `Result.success()`. */
    DONE,

    /** Something is left for another time: `Result.retry()`. */
    RETRY,
}

/**
 * [sync] for a background task, in the words of its scheduler; it throws nothing but a cancellation. With WorkManager:
 *
 * ```
 * class SyncWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
 *     override suspend fun doWork(): Result = when (client.backgroundSync()) {
 *         BackgroundSync.DONE -> Result.success()
 *         BackgroundSync.RETRY -> Result.retry()
 *     }
 * }
 * ```
 */
public suspend fun PmiClient.backgroundSync(within: Duration = 8.minutes): BackgroundSync = try {
    val report = sync(within)
    if (report.remaining > 0u || report.stopped != null) BackgroundSync.RETRY else BackgroundSync.DONE
} catch (_: PmiException.SignInNeeded) {
    // Nothing can be done until the person comes back.
    BackgroundSync.DONE
} catch (_: PmiException) {
    BackgroundSync.RETRY
}
