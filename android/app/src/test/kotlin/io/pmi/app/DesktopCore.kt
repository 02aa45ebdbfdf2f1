package io.pmi.app

import android.content.Context
import io.pmi.KeyStore
import io.pmi.PmiAndroid
import io.pmi.PmiConfig
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadow.api.Shadow
import org.robolectric.util.ReflectionHelpers.ClassParameter

/**
 * The two things of Android that the library in the jar has not: JNI's hand-over of the context to the certificate verifier, and Android's
 * key store. Instead of them: nothing, and a file. All else of [PmiAndroid] is as it is.
 */
@Implements(PmiAndroid::class)
class DesktopCore {
    companion object {
        /** Another than the manifest's. */
        var server: String? = null

        /** Whether the client cannot be opened. */
        var broken = false

        @Implementation
        @JvmStatic
        fun initialise(@Suppress("unused") context: Context) = check(!broken) { "no library" }

        @Implementation
        @JvmStatic
        fun config(context: Context, server: String): PmiConfig {
            val own = Shadow.directlyOn<PmiConfig, PmiAndroid>(
                PmiAndroid::class.java,
                "config",
                ClassParameter.from(Context::class.java, context),
                ClassParameter.from(String::class.java, this.server ?: server),
            )
            return PmiConfig(own.server, own.dataDir, own.cacheDir, own.app, KeyStore.File("${own.dataDir}-keys"))
        }
    }
}
