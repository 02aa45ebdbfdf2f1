package io.pmi

import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import android.content.IntentFilter
import android.net.ConnectivityManager
import android.net.Network
import android.os.PowerManager
import java.io.File

/** What Android's part of the library needs of an app. */
public object PmiAndroid {
    /**
     * Gives the library the app's context, for the system's certificate verifier and key store. To be called in
     * `Application.onCreate`, before any client is opened; a second call does nothing. It takes a few milliseconds.
     *
     * @throws RuntimeException what the JVM says if it fails; it can be called again
     */
    @JvmStatic
    public fun initialise(context: Context) {
        System.loadLibrary("pmi_ffi")
        initialiseNative(context.applicationContext)
    }

    /**
     * A configuration with Android's right folders: what must not be lost where no backup takes it (its keys would be missing when it is
     * restored), what can be read again in the cache. The app names itself by its package and version.
     */
    @JvmStatic
    public fun config(context: Context, server: String): PmiConfig = PmiConfig(
        server = server,
        dataDir = File(context.noBackupFilesDir, FOLDER).path,
        cacheDir = File(context.cacheDir, FOLDER).path,
        app = AppIdentity(context.packageName, version(context)),
    )

    /**
     * Tells the client what the system says of the network, the battery saver and the data saver, from now on until the result is closed.
     */
    @JvmStatic
    public fun follow(context: Context, client: PmiClient): AutoCloseable {
        val app = context.applicationContext
        val networks = app.getSystemService(ConnectivityManager::class.java)
        val power = app.getSystemService(PowerManager::class.java)
        fun say(up: Boolean?) {
            val saves = networks.restrictBackgroundStatus == ConnectivityManager.RESTRICT_BACKGROUND_STATUS_ENABLED
            try {
                client.setConditions(dataSaver = saves && networks.isActiveNetworkMetered, lowBattery = power.isPowerSaveMode)
                up?.let(client::setNetwork)
            } catch (_: PmiException.Closed) {
                // Whoever closed the client first wants nothing more of it.
            }
        }
        val callback = object : ConnectivityManager.NetworkCallback() {
            override fun onAvailable(network: Network) = say(true)

            override fun onLost(network: Network) = say(false)
        }
        val receiver = object : BroadcastReceiver() {
            override fun onReceive(context: Context, intent: Intent) = say(null)
        }
        // Of a network that is not there nothing is called back.
        say(false.takeIf { networks.activeNetwork == null })
        networks.registerDefaultNetworkCallback(callback)
        val savers = IntentFilter(PowerManager.ACTION_POWER_SAVE_MODE_CHANGED)
        savers.addAction(ConnectivityManager.ACTION_RESTRICT_BACKGROUND_CHANGED)
        app.registerReceiver(receiver, savers)
        return AutoCloseable {
            networks.unregisterNetworkCallback(callback)
            app.unregisterReceiver(receiver)
        }
    }

    /** The app's version as a header can hold it. */
    private fun version(context: Context): String {
        val name = context.packageManager.getPackageInfo(context.packageName, 0).versionName.orEmpty()
        return name.replace(Regex("[^A-Za-z0-9.-]"), "-").take(LONGEST_VERSION).ifEmpty { "0" }
    }

    @JvmStatic
    private external fun initialiseNative(context: Context)

    private const val FOLDER = "pmi"
    private const val LONGEST_VERSION = 64
}
