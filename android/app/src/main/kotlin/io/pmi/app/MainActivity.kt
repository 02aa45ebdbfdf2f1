package io.pmi.app

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.enableEdgeToEdge
import androidx.compose.runtime.Composable
import io.pmi.app.ui.shell.App
import io.pmi.app.ui.shell.AppState
import io.pmi.app.ui.shell.Destination
import io.pmi.app.ui.shell.OpenFailed

/** The one activity: it draws, and hands the system's doings on. */
class MainActivity : ComponentActivity() {
    // Registers for results, which is allowed before the activity is started only.
    private val outside = AndroidOutside(this)
    private var boundary: Boundary? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        // In a new process; in this one it is where it was.
        savedInstanceState?.let { kept -> (application as PmiApp).state?.restore(kept) }
        draw()
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        (application as PmiApp).state?.takeIf { it.demo == null }?.let { outState.putSerializable(HOME, ArrayList(it.home.all)) }
    }

    @Suppress("DEPRECATION", "UNCHECKED_CAST") // What tells the type is there from Android 13 on.
    private fun AppState.restore(kept: Bundle) = home.restore(kept.getSerializable(HOME) as? List<Destination> ?: emptyList())

    private fun draw() {
        boundary?.end()
        val drawn = Boundary(this) { thrown ->
            outside.report(thrown)
            (application as PmiApp).state?.fail()
            runOnUiThread(::draw)
        }
        boundary = drawn
        setContentView(drawn)
        drawn.begin { Drawn() }
    }

    @Composable
    private fun Drawn() {
        val app = application as PmiApp
        val state = app.state
        if (state == null) {
            OpenFailed(app.language) {
                app.open()
                draw()
            }
        } else {
            App(state, outside, back = { enabled, back -> BackHandler(enabled, back) })
        }
    }

    override fun onDestroy() {
        boundary?.end()
        super.onDestroy()
    }

    private companion object {
        const val HOME = "home"
    }
}
