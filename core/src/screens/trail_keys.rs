//! The texts of the audit trail, which stand behind all others. The comment on a key is its English sentence here too.

/// Hands the keys it is given, and those of the audit trail behind them, to the macro that defines them.
macro_rules! with_trail_keys {
    ($define:ident! { $($before:tt)* }) => {
        $define! {
            $($before)*

            // The audit trail: the session.
            /// Signed in
            TrailSignedIn = "trail_signed_in",
            /// Signed out by the person
            TrailSignedOut = "trail_signed_out",
            /// Signed out: {0}
            TrailEnded = "trail_ended",
            /// A renewal of the session was refused: {0}
            TrailRefreshRefused = "trail_refresh_refused",
            /// nobody has signed in here
            TrailWhyNever = "trail_why_never",
            /// the person signed out
            TrailWhySignedOut = "trail_why_signed_out",
            /// the session has expired
            TrailWhyExpired = "trail_why_expired",
            /// the server ended the session
            TrailWhyRevoked = "trail_why_revoked",
            /// the account is closed or disabled
            TrailWhyClosed = "trail_why_closed",
            /// the keys are gone from the secret store
            TrailWhyKeysLost = "trail_why_keys_lost",
            /// the password was changed, and the new session could not be kept
            TrailWhyPasswordChanged = "trail_why_password_changed",
            /// The session is being renewed: its token is about to end
            TrailRefreshAgeing = "trail_refresh_ageing",
            /// The session is being renewed: its token is over
            TrailRefreshOver = "trail_refresh_over",
            /// The session is being renewed: its token was refused
            TrailRefreshTokenRefused = "trail_refresh_token_refused",
            /// The session is being renewed again: the last answer never came
            TrailRefreshAgain = "trail_refresh_again",
            /// The session was renewed
            TrailRefreshed = "trail_refreshed",
            /// The new session could not be written to disk: it lasts as long as the app runs
            TrailUnsaved = "trail_unsaved",
            /// Another process had renewed the session
            TrailAdopted = "trail_adopted",
            /// No usable answer to a renewal came: it is asked for again
            TrailRefreshUnknown = "trail_refresh_unknown",
            /// A renewal of the session was not sent
            TrailRefreshNotSent = "trail_refresh_not_sent",
            /// The answer to a renewal says nothing about the session, which goes on
            TrailRefreshWeather = "trail_refresh_weather",
            /// The newest token was refused before it had worked: the one before it is tried
            TrailOldPairTried = "trail_old_pair_tried",
            /// The server refuses what it has just granted: no renewal for {0}
            TrailLoopGuard = "trail_loop_guard",
            /// Another process renews the session: it is waited for, {0} at most
            TrailLeaseElsewhere = "trail_lease_elsewhere",
            /// Another process took over renewing the session
            TrailLeaseLost = "trail_lease_lost",
            /// The secret store did not give the key of the session
            TrailLocked = "trail_locked",

            // The audit trail: requests and the network.
            /// Waits {0}: the server asked for it
            TrailWaitAsked = "trail_wait_asked",
            /// Waits {0}: too many requests
            TrailWaitLimiter = "trail_wait_limiter",
            /// Waits {0}: a try failed
            TrailWaitBackoff = "trail_wait_backoff",
            /// Waits {0}, as others were asked to
            TrailWaitCoolDown = "trail_wait_cool_down",
            /// Waits {0}: the limit of the server would be met
            TrailWaitPacing = "trail_wait_pacing",
            /// A request was not sent again: too many were. In {0} one may be
            TrailBudgetSpent = "trail_budget_spent",
            /// Nothing is sent for {0}: the server failed again and again
            TrailBreakerOpened = "trail_breaker_opened",
            /// One request is sent to see whether the server is well again
            TrailBreakerProbe = "trail_breaker_probe",
            /// The server is well again
            TrailBreakerClosed = "trail_breaker_closed",
            /// A request was given up. Tries: {0}
            TrailGaveUp = "trail_gave_up",
            /// The system said that there is a network
            TrailNetworkUp = "trail_network_up",
            /// The system said that there is no network
            TrailNetworkDown = "trail_network_down",
            /// Offline, as asked
            TrailOfflineAsked = "trail_offline_asked",
            /// No longer offline as asked
            TrailOfflineAskedOver = "trail_offline_asked_over",
            /// Offline: {0}
            TrailSilent = "trail_silent",
            /// A login page of the network answered instead of the server
            TrailPortal = "trail_portal",
            /// Online: answers come again
            TrailAnswering = "trail_answering",
            /// The network changed, and a read under way was sent again
            TrailRenewed = "trail_renewed",

            // The audit trail: writes.
            /// Change {0} is on disk and to be sent
            TrailWriteAccepted = "trail_write_accepted",
            /// Change {0} is being sent
            TrailWriteSending = "trail_write_sending",
            /// Change {0} did not reach the server: it is sent again
            TrailWriteNotSent = "trail_write_not_sent",
            /// Change {0} may have reached the server: that is found out first
            TrailWriteUnknown = "trail_write_unknown",
            /// Change {0} was looked for at the server and not found yet
            TrailWriteNotFoundYet = "trail_write_not_found_yet",
            /// Change {0} is certainly not at the server: it is sent again
            TrailWriteAbsent = "trail_write_absent",
            /// Change {0} waits {1}: the server failed
            TrailWritePutOff = "trail_write_put_off",
            /// Change {0} is done
            TrailWriteDone = "trail_write_done",
            /// Change {0} was refused by the server
            TrailWriteRefused = "trail_write_refused",
            /// Change {0} met something else at the server
            TrailWriteConflict = "trail_write_conflict",
            /// Change {0} was taken back by the person
            TrailWriteTakenBack = "trail_write_taken_back",
        }
    };
}

pub(super) use with_trail_keys;
