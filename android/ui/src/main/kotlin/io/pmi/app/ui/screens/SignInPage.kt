package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.text.input.KeyboardType
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.parts.Field
import io.pmi.app.ui.parts.Form
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.PlainButton
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.Secret
import io.pmi.app.ui.parts.Typing
import io.pmi.app.ui.parts.rememberCursor
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.SignIn
import io.pmi.core.SignInField
import io.pmi.core.SignInIntent

/** Signing in. */
@Composable
fun SignInPage(
    record: SignIn,
    send: (SignInIntent) -> Unit,
    back: () -> Unit,
    forgotten: () -> Unit,
    register: () -> Unit,
    demo: () -> Unit,
) = Page(say(Label.SIGN_IN_TITLE), back) {
    val submit = { send(SignInIntent.Submit) }
    val cursor = rememberCursor(record.fault, record.stops)
    Form {
        record.why?.let { Line(Icon.INFO, LocalWords.current.text(it)) }
        record.problem?.let { ProblemLine(it, submit) }
        Field(
            say(Label.FIELD_EMAIL), record.email, { send(SignInIntent.Email(it)) }, { send(SignInIntent.EmailLeft) },
            Typing(KeyboardType.Email, ContentType.EmailAddress), example = say(Label.FIELD_EMAIL_EXAMPLE), enabled = !record.busy,
            cursor = cursor.at(SignInField.EMAIL),
        )
        Secret(
            say(Label.FIELD_PASSWORD), record.password, { send(SignInIntent.Password(it)) }, {},
            Typing(KeyboardType.Password, ContentType.Password, last = true, submit = submit), !record.busy, cursor.at(SignInField.PASSWORD),
        )
        MainButton(say(Label.SIGN_IN_SUBMIT), busy = record.busy, onPress = submit)
        if (record.canReset) PlainButton(say(Label.SIGN_IN_FORGOTTEN), Modifier.fillMaxWidth(), onPress = forgotten)
        PlainButton(say(Label.SIGN_IN_REGISTER), Modifier.fillMaxWidth(), onPress = register)
        PlainButton(say(Label.WELCOME_DEMO), Modifier.fillMaxWidth(), icon = Icon.PLAY, onPress = demo)
    }
}
