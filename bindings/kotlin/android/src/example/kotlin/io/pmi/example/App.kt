// What bindings/README.md shows, between its markers: compiled against the framework's classes, and no part of the AAR.

package io.pmi.example

import android.app.Application
import android.content.Context
import android.util.Log
import androidx.work.CoroutineWorker
import androidx.work.WorkerParameters
import io.pmi.BackgroundSync
import io.pmi.LogLevel
import io.pmi.PmiAndroid
import io.pmi.PmiClient
import io.pmi.PmiLog
import io.pmi.backgroundSync

// README
class App : Application() {
    lateinit var pmi: PmiClient

    override fun onCreate() {
        super.onCreate()
        PmiAndroid.initialise(this)
        pmi = PmiClient.open(PmiAndroid.config(this, "https://pmi.example"))
        PmiAndroid.follow(this, pmi)
    }
}
// README ends

// README
class SyncWorker(private val app: Context, parameters: WorkerParameters) : CoroutineWorker(app, parameters) {
    override suspend fun doWork(): Result =
        if ((app as App).pmi.backgroundSync() == BackgroundSync.DONE) Result.success() else Result.retry()
}
// README ends

/** A developer's log. */
fun logs() {
    // README
    PmiLog.to(LogLevel.DEBUG) { line -> Log.d("pmi", "${line.target}: ${line.text}") }
    // README ends
}
