package io.pmi.app.ui.screens

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.autofill.ContentType
import androidx.compose.ui.text.input.KeyboardType
import io.pmi.app.design.Icon
import io.pmi.app.design.Label
import io.pmi.app.ui.look.LocalPalette
import io.pmi.app.ui.parts.Body
import io.pmi.app.ui.parts.Cursor
import io.pmi.app.ui.parts.DangerButton
import io.pmi.app.ui.parts.Field
import io.pmi.app.ui.parts.Line
import io.pmi.app.ui.parts.MainButton
import io.pmi.app.ui.parts.Secret
import io.pmi.app.ui.parts.Typing
import io.pmi.app.ui.parts.say
import io.pmi.app.ui.words.LocalWords
import io.pmi.core.AccountField
import io.pmi.core.AccountIntent
import io.pmi.core.DeletionForm
import io.pmi.core.PasswordForm
import io.pmi.core.ProfileForm
import io.pmi.core.SecretField
import io.pmi.core.TextField

/** The profile while it is edited. */
@Composable
fun ProfileFields(form: ProfileForm, busy: Boolean, send: (AccountIntent) -> Unit, cursor: Cursor<AccountField>) {
    val submit = { send(AccountIntent.Submit) }
    Words(Label.FIELD_FIRST_NAME, form.firstName, AccountField.FIRST_NAME, send, cursor, Typing(fills = ContentType.PersonFirstName))
    Words(Label.FIELD_LAST_NAME, form.lastName, AccountField.LAST_NAME, send, cursor, Typing(fills = ContentType.PersonLastName))
    Words(Label.FIELD_PHONE, form.phone, AccountField.PHONE, send, cursor, Typing(KeyboardType.Phone, ContentType.PhoneNumber))
    Words(Label.FIELD_ADDRESS_OPTIONAL, form.address, AccountField.ADDRESS, send, cursor, Typing(fills = ContentType.PostalAddress, last = true, submit = submit))
    MainButton(say(Label.SAVE), busy = busy, onPress = submit)
}

/** The password while it is changed. */
@Composable
fun PasswordFields(form: PasswordForm, busy: Boolean, send: (AccountIntent) -> Unit, cursor: Cursor<AccountField>) {
    val submit = { send(AccountIntent.Submit) }
    Hidden(Label.FIELD_PASSWORD_CURRENT, form.current, AccountField.CURRENT_PASSWORD, send, cursor, Typing(KeyboardType.Password, ContentType.Password))
    Hidden(Label.FIELD_PASSWORD_NEW, form.new, AccountField.NEW_PASSWORD, send, cursor, Typing(KeyboardType.Password, ContentType.NewPassword))
    Hidden(
        Label.FIELD_PASSWORD_REPEATED, form.repeated, AccountField.REPEATED_PASSWORD, send, cursor,
        Typing(KeyboardType.Password, ContentType.NewPassword, last = true, submit = submit),
    )
    MainButton(say(Label.ACCOUNT_CHANGE_PASSWORD), busy = busy, onPress = submit)
}

/** The account while it is to be deleted. */
@Composable
fun DeletionFields(form: DeletionForm, busy: Boolean, send: (AccountIntent) -> Unit, cursor: Cursor<AccountField>) {
    val confirm = form.confirm
    if (confirm == null) {
        val submit = { send(AccountIntent.Submit) }
        Body(say(Label.ACCOUNT_DELETE_BODY))
        Hidden(
            Label.FIELD_PASSWORD, form.password, AccountField.CURRENT_PASSWORD, send, cursor,
            Typing(KeyboardType.Password, ContentType.Password, last = true, submit = submit),
        )
        MainButton(say(Label.ACCOUNT_DELETE_NEXT), busy = busy, onPress = submit)
    } else {
        Line(Icon.CRITICAL, LocalWords.current.text(confirm), color = LocalPalette.current.critical)
        DangerButton(say(Label.ACCOUNT_DELETE_CONFIRM), Modifier.fillMaxWidth(), busy) { send(AccountIntent.Confirm) }
    }
}

@Composable
private fun Words(label: Label, field: TextField, name: AccountField, send: (AccountIntent) -> Unit, cursor: Cursor<AccountField>, typing: Typing) =
    Field(say(label), field, { send(AccountIntent.Change(name, it)) }, { send(AccountIntent.Left(name)) }, typing, cursor = cursor.at(name))

@Composable
private fun Hidden(label: Label, field: SecretField, name: AccountField, send: (AccountIntent) -> Unit, cursor: Cursor<AccountField>, typing: Typing) =
    Secret(say(label), field, { send(AccountIntent.Change(name, it)) }, { send(AccountIntent.Left(name)) }, typing, cursor = cursor.at(name))
