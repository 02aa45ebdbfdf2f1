package androidx.activity.compose

import androidx.compose.runtime.Composable

@Composable
fun BackHandler(enabled: Boolean, onBack: () -> Unit): Unit = error("a stub: $enabled $onBack")
