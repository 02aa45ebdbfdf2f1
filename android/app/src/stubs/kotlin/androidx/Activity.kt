// As much of AndroidX's activity as the app uses, where the app is compiled without Gradle. Not promised: that it is as Google's.

package androidx.activity

import android.app.Activity
import androidx.activity.result.ActivityResultCallback
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContract

open class ComponentActivity : Activity() {
    fun <I, O> registerForActivityResult(contract: ActivityResultContract<I, O>, callback: ActivityResultCallback<O>): ActivityResultLauncher<I> =
        error("a stub: $contract $callback")
}

fun ComponentActivity.enableEdgeToEdge(): Unit = error("a stub: $this")
