package io.pmi.app

import android.content.ActivityNotFoundException
import android.content.Intent
import android.net.Uri
import android.provider.Settings
import android.util.Log
import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts
import io.pmi.app.ui.shell.Outside
import io.pmi.app.ui.shell.where
import io.pmi.core.Exported
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** What Android does for the app. It needs no permission: the person picks the photo and the place of a file. */
class AndroidOutside(private val activity: ComponentActivity) : Outside {
    private val photo = Question<PickVisualMediaRequest>()
    private val place = Question<String>()

    init {
        photo.launcher = activity.registerForActivityResult(ActivityResultContracts.PickVisualMedia(), photo::answered)
        place.launcher = activity.registerForActivityResult(ActivityResultContracts.CreateDocument("application/json"), place::answered)
    }

    override suspend fun pickPhoto(): ByteArray? =
        photo.ask(PickVisualMediaRequest(ActivityResultContracts.PickVisualMedia.ImageOnly))?.let { read(it) }

    override suspend fun photoOfBefore(): ByteArray? = photo.askedBefore()?.let { read(it) }

    private suspend fun read(uri: Uri): ByteArray? =
        withContext(Dispatchers.IO) { activity.contentResolver.openInputStream(uri)?.use { it.readBytes() } }

    override suspend fun share(document: Exported): Boolean {
        val uri = place.ask(document.fileName) ?: return false
        withContext(Dispatchers.IO) { activity.contentResolver.openOutputStream(uri)?.bufferedWriter()?.use { it.write(document.content) } }
        return true
    }

    // Any page will do that is not encrypted: the network answers in its place.
    override fun openBrowser() = show(Intent(Intent.ACTION_VIEW, Uri.parse("http://example.com")))

    override fun changeNetwork() = show(Intent(Settings.ACTION_WIRELESS_SETTINGS))

    override fun freeSpace() = show(Intent(Settings.ACTION_INTERNAL_STORAGE_SETTINGS))

    override fun updateApp() = show(Intent(Intent.ACTION_VIEW, Uri.parse("market://details?id=${activity.packageName}")))

    override fun restartApp() {
        activity.packageManager.getLaunchIntentForPackage(activity.packageName)?.let {
            show(it.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK or Intent.FLAG_ACTIVITY_CLEAR_TASK))
        }
        Runtime.getRuntime().exit(0)
    }

    override fun contactSupport(requestId: String?) =
        show(Intent(Intent.ACTION_SENDTO, Uri.parse("mailto:")).putExtra(Intent.EXTRA_SUBJECT, requestId.orEmpty()))

    // Where one signs in is the app's own.
    override fun signIn() = Unit

    override fun report(failure: Throwable) {
        Log.e(PmiApp.LOG, "a screen failed: ${failure.where()}")
    }

    override fun sendReport(report: String) =
        show(Intent.createChooser(Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, report), null))

    private fun show(what: Intent) {
        try {
            activity.startActivity(what)
        } catch (_: ActivityNotFoundException) {
            Log.w(PmiApp.LOG, "nothing on this device shows ${what.action}")
        }
    }

    /** Something another activity answers. */
    private class Question<I> {
        lateinit var launcher: ActivityResultLauncher<I>
        private var answer = CompletableDeferred<Uri?>()

        suspend fun ask(input: I): Uri? {
            answer.complete(null)
            answer = CompletableDeferred()
            launcher.launch(input)
            return answer.await()
        }

        /** What was asked by an activity that is gone: the system gives the answer to this one. */
        suspend fun askedBefore(): Uri? = answer.await()

        fun answered(uri: Uri?) {
            answer.complete(uri)
        }
    }
}
