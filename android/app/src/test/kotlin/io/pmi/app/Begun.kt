package io.pmi.app

import androidx.startup.InitializationProvider
import org.robolectric.Robolectric
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.annotation.RealObject
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowApplication

/** A process as Android begins it: the manifest's providers first, which Robolectric leaves out. */
@Implements(PmiApp::class)
class Begun : ShadowApplication() {
    @RealObject
    private lateinit var app: PmiApp

    @Implementation
    fun onCreate() {
        Robolectric.buildContentProvider(InitializationProvider::class.java).create("io.pmi.app.androidx-startup")
        Shadow.directlyOn<Unit, PmiApp>(app, PmiApp::class.java, "onCreate")
    }
}
