package io.pmi.app

import android.graphics.Bitmap
import android.graphics.Canvas as AndroidCanvas
import android.util.Log
import android.view.View
import android.view.ViewGroup
import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshots.Snapshot
import androidx.compose.ui.Modifier
import androidx.compose.ui.node.RootForTest
import io.pmi.app.design.Label
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.shadows.ShadowLog

/** What a page throws ends nothing: it is shown, reported, and drawn anew when the person says so. */
class BoundaryTest : AppTest() {
    private var broken by mutableStateOf(false)

    @Test
    fun `while it is composed`() = recovers { if (broken) error(WHAT) }

    @Test
    fun `in an effect`() = recovers { LaunchedEffect(broken) { if (broken) error(WHAT) } }

    @Test
    fun `while it is drawn`() = recovers { Canvas(Modifier.fillMaxSize()) { error(WHAT) } }

    /** Adds this to what the activity draws. */
    private fun recovers(page: @Composable () -> Unit) {
        device.opens()
        device.sees(Label.WELCOME_TITLE)
        checkNotNull(device.activity.boundary).draw(page)
        device.passes()
        broken = true
        Snapshot.sendApplyNotifications()
        // Nothing is on a screen here: it is drawn into a picture.
        val window = device.activity.window.decorView
        window.roots().forEach { it.setUncaughtExceptionHandler(null) }
        window.draw(AndroidCanvas(Bitmap.createBitmap(window.width, window.height, Bitmap.Config.ARGB_8888)))
        device.sees(Label.CRASH_TITLE)
        val said = ShadowLog.getLogsForTag(PmiApp.LOG).single { it.type == Log.ERROR }.msg
        assertTrue(said, "IllegalStateException" in said && "BoundaryTest" in said)
        assertFalse("its words can be about a person", WHAT in said)
        device.presses(Label.CRASH_RETRY)
        device.sees(Label.WELCOME_TITLE)
        assertFalse(device.activity.isFinishing)
    }

    /** The rule would catch what is thrown, in the boundary's place. */
    private fun View.roots(): List<RootForTest> =
        listOfNotNull(this as? RootForTest) + ((this as? ViewGroup)?.let { group -> List(group.childCount) { group.getChildAt(it) }.flatMap { it.roots() } }.orEmpty())

    private companion object {
        const val WHAT = "a page threw"
    }
}
