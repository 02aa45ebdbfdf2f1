// As much of WorkManager as the example uses: it is not where this can be compiled. Not promised: that it is as Google's.

package androidx.work

import android.content.Context

class WorkerParameters

abstract class ListenableWorker(@Suppress("unused") val context: Context, @Suppress("unused") val parameters: WorkerParameters) {
    abstract class Result {
        companion object {
            fun success(): Result = object : Result() {}

            fun retry(): Result = object : Result() {}
        }
    }
}

abstract class CoroutineWorker(context: Context, parameters: WorkerParameters) : ListenableWorker(context, parameters) {
    abstract suspend fun doWork(): Result
}
