package io.pmi.app

import android.content.Context
import androidx.work.CoroutineWorker
import androidx.work.WorkerParameters
import io.pmi.BackgroundSync
import io.pmi.backgroundSync

/** Sends what waits, and reads ahead. */
class SyncWorker(private val app: Context, parameters: WorkerParameters) : CoroutineWorker(app, parameters) {
    override suspend fun doWork(): Result {
        val client = (app.applicationContext as PmiApp).client ?: return Result.retry()
        return when (client.backgroundSync()) {
            BackgroundSync.DONE -> Result.success()
            BackgroundSync.RETRY -> Result.retry()
        }
    }
}
