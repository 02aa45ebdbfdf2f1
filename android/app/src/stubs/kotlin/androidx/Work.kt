package androidx.work

import android.content.Context
import java.util.concurrent.TimeUnit

class WorkerParameters

abstract class ListenableWorker(@Suppress("unused") val context: Context, @Suppress("unused") val parameters: WorkerParameters) {
    abstract class Result {
        companion object {
            fun success(): Result = error("a stub")

            fun retry(): Result = error("a stub")
        }
    }
}

abstract class CoroutineWorker(context: Context, parameters: WorkerParameters) : ListenableWorker(context, parameters) {
    abstract suspend fun doWork(): Result
}

enum class NetworkType { CONNECTED }

enum class ExistingPeriodicWorkPolicy { KEEP }

class Constraints {
    class Builder {
        fun setRequiredNetworkType(type: NetworkType): Builder = error("a stub: $type")

        fun build(): Constraints = error("a stub")
    }
}

class PeriodicWorkRequest {
    class Builder(worker: Class<out ListenableWorker>, interval: Long, unit: TimeUnit) {
        private val stub: Nothing = error("a stub: $worker $interval $unit")

        fun setConstraints(constraints: Constraints): Builder = error("a stub: $constraints $stub")

        fun build(): PeriodicWorkRequest = error("a stub")
    }
}

abstract class WorkManager {
    abstract fun enqueueUniquePeriodicWork(name: String, policy: ExistingPeriodicWorkPolicy, request: PeriodicWorkRequest)

    companion object {
        fun getInstance(context: Context): WorkManager = error("a stub: $context")
    }
}
