package io.pmi.app

import androidx.work.ListenableWorker.Result
import androidx.work.testing.TestListenableWorkerBuilder
import io.pmi.app.design.Label
import kotlinx.coroutines.runBlocking
import org.junit.AfterClass
import org.junit.Assert.assertEquals
import org.junit.BeforeClass
import org.junit.Test

/** The client's files cannot be opened: the app says so, and tries again. */
class NoClientTest : AppTest() {
    @Test
    fun `it is said, and opened once that can be`() {
        device.opens()
        device.sees(Label.OPEN_FAILED_TITLE)
        device.presses(Label.REMEDY_RETRY)
        device.sees(Label.OPEN_FAILED_TITLE)
        DesktopCore.broken = false
        device.presses(Label.REMEDY_RETRY)
        device.sees(Label.WELCOME_TITLE)
        DesktopCore.broken = true
    }

    @Test
    fun `what is to be synced is tried again`() {
        val worker = TestListenableWorkerBuilder.from(device.app, SyncWorker::class.java).build()
        assertEquals(Result.retry(), runBlocking { worker.doWork() })
    }

    companion object {
        // Before the process begins.
        @BeforeClass
        @JvmStatic
        fun broken() {
            DesktopCore.broken = true
        }

        @AfterClass
        @JvmStatic
        fun whole() {
            DesktopCore.broken = false
        }
    }
}
