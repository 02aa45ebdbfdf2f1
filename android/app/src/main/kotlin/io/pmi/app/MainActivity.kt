package io.pmi.app

import android.os.Bundle
import androidx.activity.ComponentActivity
import androidx.activity.compose.BackHandler
import androidx.activity.enableEdgeToEdge
import androidx.compose.runtime.Composable
import io.pmi.app.design.Language
import io.pmi.app.ui.shell.App
import io.pmi.app.ui.shell.OpenFailed

/** The one activity: it draws, and hands the system's doings on. */
class MainActivity : ComponentActivity() {
    // Registers for results, which is allowed before the activity is started only.
    private val outside = AndroidOutside(this)
    private var boundary: Boundary? = null

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        enableEdgeToEdge()
        draw()
    }

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
            OpenFailed(Language.ENGLISH) {
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
}
