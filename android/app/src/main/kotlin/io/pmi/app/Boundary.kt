package io.pmi.app

import android.content.Context
import android.graphics.Canvas
import android.util.Log
import android.widget.FrameLayout
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Recomposer
import androidx.compose.ui.platform.AndroidUiDispatcher
import androidx.compose.ui.platform.ComposeView
import kotlinx.coroutines.CoroutineExceptionHandler
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/**
 * Draws, and tells of what throws while it does instead of letting it end the app: while composing, in an effect, while measuring and
 * while drawing. What threw is not to be drawn any more; another boundary draws what is shown instead.
 */
class Boundary(context: Context, private val failed: (Throwable) -> Unit) : FrameLayout(context) {
    private val handler = CoroutineExceptionHandler { _, thrown -> fail(thrown) }
    private val scope = CoroutineScope(AndroidUiDispatcher.CurrentThread + SupervisorJob() + handler)
    private val recomposer = Recomposer(scope.coroutineContext)
    private val coming = ArrayDeque<ComposeView>()
    private var broken = false

    fun begin(content: @Composable () -> Unit) {
        scope.launch { recomposer.runRecomposeAndApplyChanges() }
        draw(content)
    }

    /** Over what is drawn already. */
    internal fun draw(content: @Composable () -> Unit) {
        val view = ComposeView(context)
        view.setParentCompositionContext(recomposer)
        view.setContent(content)
        coming.add(view)
        requestLayout()
    }

    fun end() {
        broken = true
        try {
            removeAllViews()
        } catch (again: Exception) {
            // What failed half-way may fail once more while it goes.
            Log.w(PmiApp.LOG, "a screen failed as it went", again)
        }
        recomposer.cancel()
        scope.cancel()
    }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        setMeasuredDimension(getDefaultSize(suggestedMinimumWidth, widthMeasureSpec), getDefaultSize(suggestedMinimumHeight, heightMeasureSpec))
        guarded {
            // What is added to a window is composed at once, and here; what is in it before that, where nobody could catch what it throws.
            while (coming.isNotEmpty()) addView(coming.removeFirst())
            super.onMeasure(widthMeasureSpec, heightMeasureSpec)
        }
    }

    override fun onLayout(changed: Boolean, left: Int, top: Int, right: Int, bottom: Int) =
        guarded { super.onLayout(changed, left, top, right, bottom) }

    override fun dispatchDraw(canvas: Canvas) = guarded { super.dispatchDraw(canvas) }

    private fun guarded(body: () -> Unit) {
        if (broken) return
        try {
            body()
        } catch (thrown: Exception) {
            fail(thrown)
        }
    }

    private fun fail(thrown: Throwable) {
        if (broken) return
        broken = true
        failed(thrown)
    }
}
