// A window for developers: the demo, or with a server's address as the argument, that server.

package io.pmi.app.desktop

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.ExperimentalComposeUiApi
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.type
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.LocalWindowExceptionHandlerFactory
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.WindowExceptionHandler
import androidx.compose.ui.window.WindowExceptionHandlerFactory
import androidx.compose.ui.window.application
import androidx.compose.ui.window.rememberWindowState
import io.pmi.KeyStore
import io.pmi.LogLevel
import io.pmi.PmiClient
import io.pmi.PmiConfig
import io.pmi.PmiLog
import io.pmi.app.design.Language
import io.pmi.app.ui.shell.App
import io.pmi.app.ui.shell.AppState
import java.nio.file.Files

@OptIn(ExperimentalComposeUiApi::class)
fun main(args: Array<String>) {
    val folder = Files.createTempDirectory("pmi-desktop-").toString()
    val server = args.firstOrNull() ?: "http://localhost:8800"
    val client = PmiClient.open(PmiConfig(server, "$folder/data", "$folder/cache", keyStore = KeyStore.Memory))
    val state = AppState(client, folder, Language.ENGLISH)
    PmiLog.to(LogLevel.INFO, state.log::add)
    if (args.isEmpty()) state.beginDemo()
    val outside = DesktopOutside()
    application {
        var times by remember { mutableIntStateOf(0) }
        // What throws while it is drawn ends its window: the next one says so.
        val boundary = WindowExceptionHandlerFactory {
            WindowExceptionHandler { thrown ->
                outside.report(thrown)
                state.fail(thrown)
                times++
            }
        }
        CompositionLocalProvider(LocalWindowExceptionHandlerFactory provides boundary) {
            key(times) {
                Window(
                    ::exitApplication,
                    rememberWindowState(size = DpSize(420.dp, 860.dp)),
                    title = "PMI",
                    onKeyEvent = { pressed ->
                        val back = pressed.key == Key.Escape && pressed.type == KeyEventType.KeyUp && state.home.canGoBack
                        if (back) state.home.back()
                        back
                    },
                ) { App(state, outside) }
            }
        }
    }
    client.close()
}
