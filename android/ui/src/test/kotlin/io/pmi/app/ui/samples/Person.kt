package io.pmi.app.ui.samples

import io.pmi.core.Account
import io.pmi.core.AccountProfile
import io.pmi.core.DeletionForm
import io.pmi.core.Diagnostics
import io.pmi.core.ForgottenPassword
import io.pmi.core.NotificationRow
import io.pmi.core.NotificationWay
import io.pmi.core.Notifications
import io.pmi.core.NotificationsIntent
import io.pmi.core.OutboxCounts
import io.pmi.core.PasswordForm
import io.pmi.core.Phase
import io.pmi.core.Problem
import io.pmi.core.ProfileForm
import io.pmi.core.Register
import io.pmi.core.Remedy
import io.pmi.core.ResetStep
import io.pmi.core.Salvaged
import io.pmi.core.SessionEnded
import io.pmi.core.SignIn
import io.pmi.core.Start
import io.pmi.core.TextArg
import io.pmi.core.TextKey
import io.pmi.core.Tone
import io.pmi.core.TrailRow
import io.pmi.core.UnsentQuestion
import io.pmi.core.Welcome

val WELCOME = Welcome(Start.WELCOME, null, null, null, null, null, busy = false)

val WELCOME_BACK = WELCOME.copy(
    why = text(TextKey.SIGN_IN_EXPIRED), unsent = text(TextKey.WELCOME_UNSENT, TextArg.Count(2)), banner = UNREACHED,
    salvaged = Salvaged(NOW, listOf(text(TextKey.SALVAGE_FOUND), text(TextKey.SALVAGE_SAVED, TextArg.Count(2)), text(TextKey.SALVAGE_SESSION_LOST))),
)

val WELCOME_LOCKED = WELCOME.copy(start = Start.UNLOCK, problem = Problem(text(TextKey.PROBLEM_LOCKED), Remedy.Unlock, null))

val SIGN_IN = SignIn(null, field(), secret(), fault = null, stops = 0u, busy = false, problem = null, canReset = true, done = false)

val SIGN_IN_WRONG = SIGN_IN.copy(
    why = text(TextKey.SIGN_IN_EXPIRED), email = field("asha@example", TextKey.FIELD_EMAIL_MALFORMED), password = secret(false, TextKey.FIELD_PASSWORD_EMPTY),
    problem = Problem(text(TextKey.PROBLEM_WRONG_CREDENTIALS), Remedy.Nothing, "req-19bd02"),
)

val SIGN_IN_BUSY = SIGN_IN.copy(email = field("asha@example.com"), password = secret(true), busy = true)

val REGISTER = Register(
    field(), secret(), secret(), field(), field(), field(), field(), fault = null, stops = 0u, busy = false, problem = null, hint = null, done = false,
)

val REGISTER_WRONG = REGISTER.copy(
    email = field("asha@example.com"), repeated = secret(true, TextKey.FIELD_PASSWORDS_DIFFER), firstName = field("Asha"),
    lastName = field("", TextKey.FIELD_REQUIRED), phone = field("98", TextKey.FIELD_PHONE_MALFORMED),
    problem = Problem(text(TextKey.PROBLEM_EMAIL_TAKEN), Remedy.Nothing, null), hint = text(TextKey.REGISTER_MAY_EXIST),
)

val RESET = ForgottenPassword(Phase.SHOWN, true, ResetStep.ASK, field(), field(), secret(), secret(), null, fault = null, stops = 0u, busy = false, problem = null)

val RESET_SET = RESET.copy(step = ResetStep.SET, note = text(TextKey.RESET_SENT), code = field("2", TextKey.FIELD_RESET_CODE_WRONG))

val RESET_DONE = RESET.copy(step = ResetStep.DONE, note = text(TextKey.RESET_DONE))

val RESET_NONE = RESET.copy(available = false)

private val ALERT = NotificationRow(
    1, text(TextKey.NOTIFICATION_FAILURE_ALERT), Tone.CRITICAL, text(TextKey.CHANNEL_SMS),
    "Your Tata Nexon: brakes likely to fail within 5 days. Please book a service.", "Tata Nexon 2022", 1, NOW.minusSeconds(3_600), false, null, emptyList(),
)

private val REMINDER = ALERT.copy(
    id = 2, kind = text(TextKey.NOTIFICATION_REMINDER), tone = Tone.NEUTRAL, channel = text(TextKey.CHANNEL_EMAIL),
    text = "Your appointment is on Tuesday at 10:00.", sentAt = NOW.minusSeconds(90_000), read = true,
)

val NOTIFICATIONS = Notifications(SHOWN, listOf(ALERT, REMINDER, REMINDER.copy(id = 3, sentAt = null, vehicle = null)), 1u, canMarkAll = true, problem = null)

/** That it was read was not accepted. */
val NOTIFICATIONS_REFUSED = NOTIFICATIONS.copy(
    rows = listOf(
        ALERT.copy(
            pending = pending(TextKey.PENDING_REJECTED).copy(text = text(TextKey.PENDING_REJECTED, TextArg.Words("It was withdrawn")), tone = Tone.CRITICAL), read = true,
            ways = listOf(
                NotificationWay(text(TextKey.WAY_TRY_AGAIN), NotificationsIntent.Open(1)), NotificationWay(text(TextKey.WAY_LEAVE_UNREAD), NotificationsIntent.LeaveUnread(1)),
            ),
        ),
        REMINDER.copy(pending = pending(TextKey.PENDING_NETWORK)),
    ),
    standing = OFFLINE, unread = 0u, canMarkAll = false,
)

val ACCOUNT = Account(
    standing = SHOWN,
    profile = AccountProfile("Asha Rao", "asha@example.com", "+91 98450 12345", "12 Church Street, Bengaluru", text(TextKey.ROLE_CUSTOMER)),
    canEdit = true, canChangePassword = true, canDelete = true, canExport = true,
    edit = null, password = null, deletion = null, fault = null, stops = 0u, busy = false, exporting = false, exported = null, note = null, problem = null,
    signingOut = false, unsent = null, lastEnded = SessionEnded(text(TextKey.SIGN_IN_REVOKED), NOW.minusSeconds(200_000)), done = false,
)

val ACCOUNT_EDIT = ACCOUNT.copy(
    edit = ProfileForm(field("Asha"), field("Rao"), field("98", TextKey.FIELD_PHONE_MALFORMED), field("12 Church Street, Bengaluru")),
)

val ACCOUNT_PASSWORD = ACCOUNT.copy(password = PasswordForm(secret(true, TextKey.FIELD_PASSWORD_WRONG), secret(), secret()))

val ACCOUNT_DELETE_ASKED = ACCOUNT.copy(deletion = DeletionForm(secret(), null))

val ACCOUNT_BUSY = ACCOUNT.copy(
    exporting = true, signingOut = true, lastEnded = null, problem = BROKEN,
)

private val NOBODY = ACCOUNT.copy(profile = null, canEdit = false, canChangePassword = false, canDelete = false, canExport = false, lastEnded = null)

val ACCOUNT_LOADING = NOBODY.copy(standing = LOADING)

val ACCOUNT_FAILED = NOBODY.copy(standing = FAILED)

val ACCOUNT_DELETE = ACCOUNT.copy(deletion = DeletionForm(secret(), text(TextKey.ACCOUNT_DELETION)))

val ACCOUNT_UNSENT = ACCOUNT.copy(unsent = UnsentQuestion(2u, text(TextKey.ACCOUNT_UNSENT, TextArg.Count(2))))

val ACCOUNT_OFFLINE = ACCOUNT.copy(
    standing = OFFLINE, canEdit = false, canChangePassword = false, canDelete = false, canExport = false, lastEnded = null,
    note = text(TextKey.ACCOUNT_PROFILE_SAVED),
)

val DIAGNOSTICS = Diagnostics(
    phase = Phase.SHOWN, refreshing = false, problem = null, server = "https://pmi.example", dialect = text(TextKey.DIALECT_SECOND),
    serverVersion = "2.4.0", serverHealth = text(TextKey.SERVER_WELL), serverTone = Tone.GOOD, library = "0.1.0",
    connectivity = text(TextKey.REACH_ONLINE), connectivityTone = Tone.GOOD, session = text(TextKey.SESSION_SIGNED_IN), sessionTone = Tone.GOOD,
    outbox = OutboxCounts(2u, 1u, 1u, NOW.plusSeconds(300)), coolUntil = NOW.plusSeconds(60), breakerUntil = null, setAside = 1u,
    trail = listOf(
        TrailRow(NOW, NOW, 1u, text(TextKey.TRAIL_ANSWERING), Tone.GOOD),
        TrailRow(NOW.minusSeconds(400), NOW.minusSeconds(60), 4u, text(TextKey.TRAIL_SILENT, TextArg.Key(TextKey.PROBLEM_TIMED_OUT)), Tone.WARNING),
        TrailRow(NOW.minusSeconds(900), NOW.minusSeconds(900), 1u, text(TextKey.TRAIL_WRITE_ACCEPTED, TextArg.Count(5)), Tone.NEUTRAL),
    ),
    exporting = false, exported = null,
)

/** Nobody answers, and somebody else is signed in by now. */
val DIAGNOSTICS_TROUBLED = DIAGNOSTICS.copy(
    problem = BROKEN, serverHealth = text(TextKey.SERVER_ILL), serverTone = Tone.WARNING, connectivity = text(TextKey.PROBLEM_NO_NETWORK), connectivityTone = Tone.WARNING,
    session = text(TextKey.SIGN_IN_EXPIRED), sessionTone = Tone.CRITICAL, breakerUntil = NOW.plusSeconds(30), trail = emptyList(), exporting = true,
)
