package io.pmi.app

import android.app.Application
import android.content.Context
import android.content.pm.PackageManager
import android.util.Log
import androidx.work.Constraints
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.NetworkType
import androidx.work.PeriodicWorkRequest
import androidx.work.WorkManager
import io.pmi.LogLevel
import io.pmi.PmiAndroid
import io.pmi.PmiClient
import io.pmi.PmiLog
import io.pmi.app.design.Language
import io.pmi.app.ui.look.Appearance
import io.pmi.app.ui.shell.AppState
import io.pmi.app.ui.shell.LogBook
import java.util.concurrent.TimeUnit

/** The process: one client, as long as it lives. */
class PmiApp : Application() {
    /** The client; there is none if its files cannot be opened. */
    var client: PmiClient? = null
        private set

    /** What is drawn; it outlives the activity. */
    var state: AppState? = null
        private set

    /** Why there is none. */
    var failure: Exception? = null
        private set

    /** What the core said last. */
    val log = LogBook()

    override fun onCreate() {
        super.onCreate()
        PmiLog.to(LogLevel.INFO) { line ->
            log.add(line)
            if (line.level <= LogLevel.WARN) Log.w(LOG, "${line.target}: ${line.text}")
        }
        open()
        val connected = Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()
        val sync = PeriodicWorkRequest.Builder(SyncWorker::class.java, HOURS, TimeUnit.HOURS).setConstraints(connected).build()
        WorkManager.getInstance(this).enqueueUniquePeriodicWork("sync", ExistingPeriodicWorkPolicy.KEEP, sync)
    }

    /** Opens the client; again, where that failed. */
    fun open() {
        try {
            PmiAndroid.initialise(this)
            val opened = PmiClient.open(PmiAndroid.config(this, server()))
            PmiAndroid.follow(this, opened)
            state = state(opened)
            client = opened
        } catch (failure: Exception) {
            this.failure = failure
            Log.e(LOG, "the client cannot be opened", failure)
        }
    }

    private fun server(): String {
        val own = packageManager.getApplicationInfo(packageName, PackageManager.GET_META_DATA)
        return checkNotNull(own.metaData.getString("io.pmi.server")) { "no io.pmi.server in the manifest" }
    }

    /** What was chosen in the app; else the device's, where it is one of ours. */
    val language: Language
        get() {
            val tag = settings.getString(LANGUAGE, null) ?: resources.configuration.locales[0].language
            return Language.entries.find { it.tag == tag } ?: Language.ENGLISH
        }

    private val settings get() = getSharedPreferences("settings", Context.MODE_PRIVATE)

    private fun state(client: PmiClient): AppState {
        val kept = settings
        val appearance = kept.getString(APPEARANCE, null)
        return AppState(
            client,
            cacheDir.path,
            language,
            Appearance.entries.find { it.name == appearance } ?: Appearance.SYSTEM,
            log,
            spoken = { kept.edit().putString(LANGUAGE, it.tag).apply() },
            looked = { kept.edit().putString(APPEARANCE, it.name).apply() },
        )
    }

    companion object {
        const val LOG = "pmi"
        private const val HOURS = 6L
        private const val LANGUAGE = "language"
        private const val APPEARANCE = "appearance"
    }
}
