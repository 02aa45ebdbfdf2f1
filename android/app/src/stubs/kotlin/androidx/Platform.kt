package androidx.compose.ui.platform

import android.content.Context
import android.view.View
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionContext
import kotlin.coroutines.CoroutineContext

class AndroidUiDispatcher {
    companion object {
        val CurrentThread: CoroutineContext get() = error("a stub")
    }
}

class ComposeView(context: Context) : View(context) {
    fun setParentCompositionContext(parent: CompositionContext?): Unit = error("a stub: $parent")

    fun setContent(content: @Composable () -> Unit): Unit = error("a stub: $content")

    fun createComposition(): Unit = error("a stub")
}
