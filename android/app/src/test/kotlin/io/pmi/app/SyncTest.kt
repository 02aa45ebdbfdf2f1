package io.pmi.app

import androidx.work.ListenableWorker.Result
import androidx.work.NetworkType
import androidx.work.WorkInfo
import androidx.work.WorkManager
import androidx.work.testing.TestListenableWorkerBuilder
import io.pmi.Dialect
import io.pmi.Server
import io.pmi.Wish
import io.pmi.bookService
import io.pmi.signIn
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test

/** WorkManager has the core sync, and comes again where there is more to do. */
class SyncTest : AppTest() {
    @Test
    fun `it is asked for once, and when there is a network`() {
        val work = WorkManager.getInstance(device.app).getWorkInfosForUniqueWork("sync").get().single()
        assertEquals(WorkInfo.State.ENQUEUED, work.state)
        assertEquals(NetworkType.CONNECTED, work.constraints.requiredNetworkType)
    }

    @Test
    fun `where nobody is signed in there is nothing to do`() = assertEquals(Result.success(), done())

    @Test
    fun `done with a server, and to be tried again where a booking waits for it`() = Server.start(Dialect.V2).use { server ->
        DesktopCore.server = server.url
        device.app.client?.close()
        device.begins()
        val client = checkNotNull(device.app.client)
        runBlocking(Dispatchers.Default) { client.signIn(server.email, server.password) }
        assertEquals(Result.success(), done())
        server.stop()
        runBlocking(Dispatchers.Default) { client.bookService(Wish(TOMORROW, TEN)) }
        assertEquals(Result.retry(), done())
    }

    private fun done(): Result = runBlocking { TestListenableWorkerBuilder.from(device.app, SyncWorker::class.java).build().doWork() }

    private companion object {
        const val TOMORROW = 1L
        const val TEN = 10
    }
}
