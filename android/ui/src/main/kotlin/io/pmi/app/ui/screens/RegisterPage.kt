package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.text.input.KeyboardType
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.parts.Cursor
import io.pmi.app.ui.parts.Field
import io.pmi.app.ui.parts.Form
import io.pmi.app.ui.parts.Heading
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.PlainButton
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.SAID
import io.pmi.app.ui.parts.Secret
import io.pmi.app.ui.parts.Typing
import io.pmi.app.ui.parts.rememberCursor
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.Register
import io.pmi.core.RegisterField
import io.pmi.core.RegisterIntent
import io.pmi.core.SecretField
import io.pmi.core.TextField

/** Registering. */
@Composable
fun RegisterPage(record: Register, send: (RegisterIntent) -> Unit, back: () -> Unit, signIn: () -> Unit) =
    Page(say(Label.REGISTER_TITLE), back) {
        val submit = { send(RegisterIntent.Submit) }
        val cursor = rememberCursor(record.fault, record.stops)
        Form {
            record.problem?.let { ProblemLine(it, submit) }
            record.hint?.let { Line(Icon.INFO, LocalWords.current.text(it), SAID) }
            Words(Label.FIELD_EMAIL, record.email, RegisterField.EMAIL, send, cursor, Typing(KeyboardType.Email, ContentType.NewUsername), Label.FIELD_EMAIL_EXAMPLE)
            Hidden(Label.FIELD_PASSWORD_NEW, record.password, RegisterField.PASSWORD, send, cursor)
            Hidden(Label.FIELD_PASSWORD_REPEATED, record.repeated, RegisterField.REPEATED, send, cursor)
            Heading(say(Label.REGISTER_ABOUT_YOU))
            Words(Label.FIELD_FIRST_NAME, record.firstName, RegisterField.FIRST_NAME, send, cursor, Typing(fills = ContentType.PersonFirstName))
            Words(Label.FIELD_LAST_NAME, record.lastName, RegisterField.LAST_NAME, send, cursor, Typing(fills = ContentType.PersonLastName))
            Words(Label.FIELD_PHONE, record.phone, RegisterField.PHONE, send, cursor, Typing(KeyboardType.Phone, ContentType.PhoneNumber), Label.FIELD_PHONE_EXAMPLE)
            Words(Label.FIELD_ADDRESS_OPTIONAL, record.address, RegisterField.ADDRESS, send, cursor, Typing(fills = ContentType.PostalAddress, last = true, submit = submit))
            MainButton(say(Label.REGISTER_SUBMIT), busy = record.busy, onPress = submit)
            PlainButton(say(Label.REGISTER_SIGN_IN), Modifier.fillMaxWidth(), onPress = signIn)
        }
    }

@Composable
private fun Words(
    label: Label,
    field: TextField,
    name: RegisterField,
    send: (RegisterIntent) -> Unit,
    cursor: Cursor<RegisterField>,
    typing: Typing,
    example: Label? = null,
) = Field(
    say(label), field, { send(RegisterIntent.Change(name, it)) }, { send(RegisterIntent.Left(name)) }, typing, example = example?.let { say(it) },
    cursor = cursor.at(name),
)

@Composable
private fun Hidden(label: Label, field: SecretField, name: RegisterField, send: (RegisterIntent) -> Unit, cursor: Cursor<RegisterField>) = Secret(
    say(label), field, { send(RegisterIntent.Change(name, it)) }, { send(RegisterIntent.Left(name)) },
    Typing(KeyboardType.Password, ContentType.NewPassword), cursor = cursor.at(name),
)
