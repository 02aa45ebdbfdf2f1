package io.pmi.app

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.provider.MediaStore
import io.pmi.core.Exported
import java.io.ByteArrayOutputStream
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowActivity.IntentForResult

/** What other apps answer comes to the core's screens. */
class OutsideTest : AppTest() {
    private val outside get() = device.activity.outside

    @Test
    fun `the photo that was picked`() {
        device.opens()
        val photo = asks { outside.pickPhoto() }
        val asked = asked()
        assertEquals(MediaStore.ACTION_PICK_IMAGES, asked.intent.action)
        assertEquals("image/*", asked.intent.type)
        val bytes = byteArrayOf(1, 2, 3)
        shadowOf(device.app.contentResolver).registerInputStream(PLACE, bytes.inputStream())
        answers(asked, Intent().setData(PLACE))
        assertArrayEquals(bytes, given(photo))
    }

    @Test
    fun `no photo`() {
        device.opens()
        val photo = asks { outside.pickPhoto() }
        answers(asked(), null)
        assertNull(given(photo))
    }

    @Test
    fun `where a document is to be`() {
        device.opens()
        val taken = asks { outside.share(Exported("data.json", "{\"a\":1}")) }
        val asked = asked()
        assertEquals(Intent.ACTION_CREATE_DOCUMENT, asked.intent.action)
        assertEquals("application/json", asked.intent.type)
        assertEquals("data.json", asked.intent.getStringExtra(Intent.EXTRA_TITLE))
        val file = ByteArrayOutputStream()
        shadowOf(device.app.contentResolver).registerOutputStream(PLACE, file)
        answers(asked, Intent().setData(PLACE))
        assertTrue(given(taken))
        assertEquals("{\"a\":1}", file.toString())
    }

    private fun <T> asks(question: suspend () -> T): Deferred<T> =
        CoroutineScope(Dispatchers.Main.immediate).async(start = CoroutineStart.UNDISPATCHED) { question() }

    private fun asked(): IntentForResult {
        device.passes()
        return checkNotNull(shadowOf(device.activity).nextStartedActivityForResult)
    }

    private fun answers(asked: IntentForResult, with: Intent?) =
        shadowOf(device.activity).receiveResult(asked.intent, if (with == null) Activity.RESULT_CANCELED else Activity.RESULT_OK, with)

    private fun <T> given(answer: Deferred<T>): T {
        device.waits("the answer") { answer.isCompleted }
        @Suppress("OPT_IN_USAGE")
        return answer.getCompleted()
    }

    private companion object {
        val PLACE: Uri = Uri.parse("content://elsewhere/1")
    }
}
