package io.pmi.app

import android.content.Context
import android.graphics.Canvas
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
    private var broken = false

    fun begin(content: @Composable () -> Unit) = guarded {
        val view = ComposeView(context)
        view.setParentCompositionContext(recomposer)
        view.setContent(content)
        scope.launch { recomposer.runRecomposeAndApplyChanges() }
        addView(view)
    }

    fun end() {
        broken = true
        removeAllViews()
        recomposer.cancel()
        scope.cancel()
    }

    override fun onAttachedToWindow() {
        super.onAttachedToWindow()
        // Now, and not when the child is attached: there nobody could catch what it throws.
        guarded { (getChildAt(0) as ComposeView).createComposition() }
    }

    override fun onMeasure(widthMeasureSpec: Int, heightMeasureSpec: Int) {
        setMeasuredDimension(getDefaultSize(suggestedMinimumWidth, widthMeasureSpec), getDefaultSize(suggestedMinimumHeight, heightMeasureSpec))
        guarded { super.onMeasure(widthMeasureSpec, heightMeasureSpec) }
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
