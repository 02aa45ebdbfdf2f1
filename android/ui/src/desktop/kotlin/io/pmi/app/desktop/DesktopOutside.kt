package io.pmi.app.desktop

import io.pmi.app.ui.shell.NoOutside
import io.pmi.core.Exported
import java.awt.Desktop
import java.awt.FileDialog
import java.awt.Frame
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import java.net.URI
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** A desktop: its files and its browser. */
class DesktopOutside : NoOutside() {
    override suspend fun pickPhoto(): ByteArray? {
        val dialog = FileDialog(null as Frame?).apply { isVisible = true }
        return dialog.files.firstOrNull()?.let { withContext(Dispatchers.IO) { it.readBytes() } }
    }

    override suspend fun share(document: Exported): Boolean {
        val dialog = FileDialog(null as Frame?, document.fileName, FileDialog.SAVE).apply {
            file = document.fileName
            isVisible = true
        }
        val chosen = dialog.files.firstOrNull() ?: return false
        withContext(Dispatchers.IO) { chosen.writeText(document.content) }
        return true
    }

    override fun openBrowser() = Desktop.getDesktop().browse(URI("http://example.com"))

    override fun report(failure: Throwable) = failure.printStackTrace()

    override fun sendReport(report: String) = Toolkit.getDefaultToolkit().systemClipboard.setContents(StringSelection(report), null)
}
