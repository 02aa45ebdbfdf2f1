package io.pmi.app

import android.os.Bundle
import android.os.Handler
import android.os.Looper
import androidx.activity.BackEventCompat
import androidx.activity.ComponentActivity
import androidx.activity.compose.PredictiveBackHandler
import androidx.activity.enableEdgeToEdge
import androidx.compose.runtime.Composable
import io.pmi.app.ui.shell.App
import io.pmi.app.ui.shell.AppState
import io.pmi.app.ui.shell.BackHook
import io.pmi.app.ui.shell.BackStack
import io.pmi.app.ui.shell.Destination
import io.pmi.app.ui.shell.OpenFailed
import io.pmi.app.ui.shell.Pull
import kotlinx.coroutines.flow.map

/** The one activity: it draws, and hands the system's doings on. */
class MainActivity : ComponentActivity() {
    // Registers for results, which is allowed before the activity is started only.
    internal val outside = AndroidOutside(this)
    private val soon = Handler(Looper.getMainLooper())
    internal var boundary: Boundary? = null
        private set

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        val app = application as PmiApp
        // In this process it is where it was, but the device may speak another language.
        app.state?.hear(app.language)
        savedInstanceState?.let { kept -> app.state?.restore(kept) }
        draw()
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        val state = (application as PmiApp).state?.takeIf { it.demo == null } ?: return
        outState.putSerializable(HOME, ArrayList(state.home.all))
        outState.putSerializable(DOOR, ArrayList(state.door.all))
    }

    private fun AppState.restore(kept: Bundle) {
        home.restore(kept, HOME)
        door.restore(kept, DOOR)
    }

    @Suppress("DEPRECATION", "UNCHECKED_CAST") // What tells the type is there from Android 13 on.
    private fun BackStack.restore(kept: Bundle, name: String) = restore(kept.getSerializable(name) as? List<Destination> ?: emptyList())

    private fun draw() {
        boundary?.end()
        val drawn = Boundary(this, ::failed)
        boundary = drawn
        setContentView(drawn)
        drawn.begin { Drawn() }
    }

    private fun failed(thrown: Throwable) {
        outside.report(thrown)
        val state = (application as PmiApp).state
        // What shows a failure has failed itself: there is nothing left to draw.
        if (state == null || state.failure != null) return finish()
        state.fail(thrown)
        drawSoon()
    }

    /** Not within what is drawn now, which goes. */
    private fun drawSoon() {
        soon.post { if (!isDestroyed) draw() }
    }

    @Composable
    private fun Drawn() {
        val app = application as PmiApp
        val state = app.state
        if (state == null) {
            val failure = checkNotNull(app.failure) { "neither open nor failed" }
            OpenFailed(app.language, failure, outside, app.log) {
                app.open()
                drawSoon()
            }
        } else {
            App(state, outside, PREDICTIVE)
        }
    }

    override fun onDestroy() {
        boundary?.end()
        super.onDestroy()
    }

    private companion object {
        const val HOME = "home"
        const val DOOR = "door"
    }
}

/** The system's gesture, as the pages follow it. */
private val PREDICTIVE: BackHook = { enabled, back ->
    PredictiveBackHandler(enabled) { events -> back(events.map { Pull(it.progress, it.swipeEdge == BackEventCompat.EDGE_LEFT) }) }
}
