package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.text.input.KeyboardType
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.Field
import io.pmi.app.ui.parts.Form
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Notice
import io.pmi.app.ui.parts.Page
import io.pmi.app.ui.parts.PlainButton
import io.pmi.app.ui.parts.ProblemCard
import io.pmi.app.ui.parts.ProblemLine
import io.pmi.app.ui.parts.SAID
import io.pmi.app.ui.parts.Secret
import io.pmi.app.ui.parts.Skeletons
import io.pmi.app.ui.parts.Typing
import io.pmi.app.ui.parts.rememberCursor
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.ForgottenPassword
import io.pmi.core.ForgottenPasswordIntent
import io.pmi.core.Phase
import io.pmi.core.ResetField
import io.pmi.core.ResetStep
import io.pmi.core.Tone

/** A forgotten password. */
@Composable
fun ForgottenPasswordPage(record: ForgottenPassword, send: (ForgottenPasswordIntent) -> Unit, back: () -> Unit, signIn: () -> Unit) =
    Page(say(Label.RESET_TITLE), back) {
        Form {
            when (record.phase) {
                Phase.FIRST_LOAD -> Skeletons(1)
                Phase.FAILED -> record.problem?.let { ProblemCard(it, { send(ForgottenPasswordIntent.Refresh) }) }
                Phase.SHOWN, Phase.EMPTY ->
                    if (record.available) Step(record, send, signIn) else Notice(Icon.INFO, say(Label.RESET_UNAVAILABLE), null)
            }
        }
    }

@Composable
private fun ColumnScope.Step(record: ForgottenPassword, send: (ForgottenPasswordIntent) -> Unit, signIn: () -> Unit) {
    val submit = { send(ForgottenPasswordIntent.Submit) }
    val cursor = rememberCursor(record.fault, record.stops)
    val words = LocalWords.current
    if (record.step != ResetStep.DONE) record.note?.let { Line(Icon.INFO, words.text(it), SAID) }
    record.problem?.let { ProblemLine(it, submit) }
    when (record.step) {
        ResetStep.ASK -> {
            Body(say(Label.RESET_ASK_BODY))
            Field(
                say(Label.FIELD_EMAIL), record.email, { send(ForgottenPasswordIntent.Change(ResetField.EMAIL, it)) },
                { send(ForgottenPasswordIntent.Left(ResetField.EMAIL)) },
                Typing(KeyboardType.Email, ContentType.EmailAddress, last = true, submit = submit), cursor = cursor.at(ResetField.EMAIL),
            )
            MainButton(say(Label.RESET_ASK_SUBMIT), busy = record.busy, onPress = submit)
            PlainButton(say(Label.RESET_HAVE_CODE), Modifier.fillMaxWidth()) { send(ForgottenPasswordIntent.HaveCode) }
        }
        ResetStep.SET -> {
            Field(
                say(Label.FIELD_CODE), record.code, { send(ForgottenPasswordIntent.Change(ResetField.CODE, it)) },
                { send(ForgottenPasswordIntent.Left(ResetField.CODE)) }, Typing(fills = ContentType.SmsOtpCode), cursor = cursor.at(ResetField.CODE),
            )
            Secret(
                say(Label.FIELD_PASSWORD_NEW), record.password, { send(ForgottenPasswordIntent.Change(ResetField.PASSWORD, it)) },
                { send(ForgottenPasswordIntent.Left(ResetField.PASSWORD)) }, Typing(KeyboardType.Password, ContentType.NewPassword),
                cursor = cursor.at(ResetField.PASSWORD),
            )
            Secret(
                say(Label.FIELD_PASSWORD_REPEATED), record.repeated, { send(ForgottenPasswordIntent.Change(ResetField.REPEATED, it)) },
                { send(ForgottenPasswordIntent.Left(ResetField.REPEATED)) },
                Typing(KeyboardType.Password, ContentType.NewPassword, last = true, submit = submit), cursor = cursor.at(ResetField.REPEATED),
            )
            MainButton(say(Label.RESET_SET_SUBMIT), busy = record.busy, onPress = submit)
            PlainButton(say(Label.RESET_ASK_AGAIN), Modifier.fillMaxWidth()) { send(ForgottenPasswordIntent.AskAgain) }
        }
        ResetStep.DONE -> Notice(Icon.GOOD, say(Label.RESET_DONE_TITLE), record.note?.let(words::text), tone = Tone.GOOD) {
            MainButton(say(Label.WELCOME_SIGN_IN), onPress = signIn)
        }
    }
}
