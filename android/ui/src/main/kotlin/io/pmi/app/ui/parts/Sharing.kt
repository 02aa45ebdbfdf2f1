package io.pmi.app.ui.parts

import androidx.compose.runtime.Composable
import androidx.compose.runtime.rememberCoroutineScope
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.shell.LocalOutside
import io.pmi.core.Exported
import kotlinx.coroutines.launch

/** A document that was made for the person: saved or shared by the system, then forgotten. */
@Composable
fun Sharing(document: Exported?, taken: () -> Unit) {
    val outside = LocalOutside.current
    val scope = rememberCoroutineScope()
    if (document == null) return
    Sheet(say(Label.ACCOUNT_EXPORT_READY), taken) {
        Line(Icon.NOTES, document.fileName)
        MainButton(say(Label.ACCOUNT_EXPORT_SAVE), icon = Icon.SHARE) { scope.launch { if (outside.share(document)) taken() } }
    }
}
