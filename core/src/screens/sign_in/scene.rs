//! The state of the sign-in screen.

use jiff::Timestamp;

use super::record::{SignIn, SignInField, SignInIntent};
use crate::error::{Error, SignInReason};
use crate::model::{Capabilities, Password};
use crate::screens::Problem;
use crate::screens::cue::Cue;
use crate::screens::form::{self, Input, Stops};
use crate::screens::problem::sign_in_text;
use crate::screens::scene::Scene;
use crate::session::SessionState;

/// The state of the sign-in screen.
#[derive(Default)]
pub(crate) struct SignInScene {
    why: Option<SignInReason>,
    email: Input,
    password: Input,
    stops: Stops<SignInField>,
    busy: bool,
    problem: Option<Problem>,
    can: Capabilities,
    done: bool,
}

/// What it hears.
pub(crate) enum SignInEvent {
    Session(SessionState),
    Can(Capabilities),
    Answered(Result<(), Error>),
}

/// What it does.
pub(crate) enum SignInEffect {
    Watch,
    AskCapabilities,
    SignIn { email: String, password: Password },
}

impl Scene for SignInScene {
    type Record = SignIn;
    type Intent = SignInIntent;
    type Event = SignInEvent;
    type Effect = SignInEffect;

    fn opened(&self) -> Vec<SignInEffect> {
        vec![SignInEffect::Watch, SignInEffect::AskCapabilities]
    }

    fn record(&self, _now: Timestamp) -> SignIn {
        SignIn {
            why: self.why.map(|why| sign_in_text(why).into()),
            email: self.email.shown(form::email(self.email.text())),
            password: self.password.shown_secret(form::password(self.password.text())),
            fault: self.stops.fault(|field| self.is_wrong(*field)),
            stops: self.stops.count(),
            busy: self.busy,
            problem: self.problem.clone(),
            can_reset: self.can.password_reset,
            done: self.done,
        }
    }

    fn intend(&mut self, intent: SignInIntent) -> Vec<SignInEffect> {
        match intent {
            // What is being sent is what was filled in.
            _ if self.busy => {}
            SignInIntent::Email { text } => self.email.set(text),
            SignInIntent::EmailLeft => self.email.visit(),
            SignInIntent::Password { text } => self.password.set(text),
            SignInIntent::Submit if self.done => {}
            SignInIntent::Submit => {
                self.email.visit();
                self.password.visit();
                self.problem = None;
                let email = self.email.text().trim();
                if form::email(email).is_ok() && form::password(self.password.text()).is_ok() {
                    self.busy = true;
                    self.stops.note(None);
                    return vec![SignInEffect::SignIn {
                        email: email.to_owned(),
                        password: Password::new(self.password.text()),
                    }];
                }
                self.stops.note(self.first_fault());
            }
        }
        Vec::new()
    }

    fn hear(&mut self, event: SignInEvent) -> Vec<SignInEffect> {
        match event {
            SignInEvent::Session(SessionState::SignInNeeded(why)) => {
                (self.why, self.done) = (Some(why), false)
            }
            SignInEvent::Session(state) if state.is_signed_in() => self.signed_in(),
            SignInEvent::Session(_) => (self.why, self.done) = (None, false),
            SignInEvent::Can(can) => self.can = can,
            SignInEvent::Answered(Ok(())) => self.signed_in(),
            SignInEvent::Answered(Err(error)) => {
                self.busy = false;
                let fields = &mut [("email", &mut self.email), ("password", &mut self.password)];
                if form::refuse(&error, fields) {
                    self.stops.note(self.first_fault());
                } else {
                    self.problem = Some(Problem::from(&error));
                }
            }
        }
        Vec::new()
    }

    async fn perform(effect: SignInEffect, cue: Cue<Self>) {
        match effect {
            SignInEffect::Watch => cue.watch(cue.session_states(), SignInEvent::Session).await,
            SignInEffect::AskCapabilities => cue.capabilities(SignInEvent::Can).await,
            SignInEffect::SignIn { email, password } => {
                cue.awake().await;
                let answer = cue.account().sign_in(&email, password).await;
                cue.tell(SignInEvent::Answered(answer));
            }
        }
    }

    fn is_begun(effect: &SignInEffect) -> bool {
        matches!(effect, SignInEffect::SignIn { .. })
    }
}

impl SignInScene {
    fn is_wrong(&self, field: SignInField) -> bool {
        match field {
            SignInField::Email => self.email.is_wrong(form::email(self.email.text())),
            SignInField::Password => self.password.is_wrong(form::password(self.password.text())),
        }
    }

    fn first_fault(&self) -> Option<SignInField> {
        let mut all = [SignInField::Email, SignInField::Password].into_iter();
        all.find(|field| self.is_wrong(*field))
    }

    /// Also by another screen or process. What was typed is nobody else's.
    fn signed_in(&mut self) {
        (self.busy, self.done) = (false, true);
        (self.why, self.problem) = (None, None);
        self.email.clear();
        self.password.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{OfflineReason, Refusal};
    use crate::screens::{Remedy, TextKey};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn typed(email: &str, password: &str) -> SignInScene {
        let mut scene = SignInScene::default();
        scene.intend(SignInIntent::Email {
            text: email.to_owned(),
        });
        scene.intend(SignInIntent::Password {
            text: password.to_owned(),
        });
        scene
    }

    fn key(text: Option<&crate::screens::Text>) -> Option<TextKey> {
        text.map(|text| text.key)
    }

    #[test]
    fn what_is_wrong_is_said_when_the_field_is_left_and_not_before() {
        let mut scene = typed("asha@", "");
        assert_eq!(scene.record(NOW).email.problem, None);
        scene.intend(SignInIntent::EmailLeft);
        let shown = scene.record(NOW);
        assert_eq!(
            key(shown.email.problem.as_ref()),
            Some(TextKey::FieldEmailMalformed)
        );
        assert_eq!(shown.password.problem, None, "not been there");
        assert!(scene.intend(SignInIntent::Submit).is_empty(), "nothing is sent");
        let shown = scene.record(NOW);
        assert_eq!(
            key(shown.password.problem.as_ref()),
            Some(TextKey::FieldPasswordEmpty)
        );
        assert!(!shown.busy);
    }

    #[test]
    fn a_stop_leads_to_the_first_fault_until_that_is_mended() {
        let mut scene = typed("asha@", "");
        let shown = scene.record(NOW);
        assert_eq!((shown.fault, shown.stops), (None, 0), "nothing was to be sent");
        scene.intend(SignInIntent::Submit);
        let shown = scene.record(NOW);
        assert_eq!((shown.fault, shown.stops), (Some(SignInField::Email), 1));
        let text = "asha@example.com".to_owned();
        scene.intend(SignInIntent::Email { text });
        let shown = scene.record(NOW);
        assert_eq!(
            (shown.fault, shown.stops),
            (None, 1),
            "the cursor stays where it is"
        );
        scene.intend(SignInIntent::Submit);
        let shown = scene.record(NOW);
        assert_eq!((shown.fault, shown.stops), (Some(SignInField::Password), 2));
        scene.intend(SignInIntent::Password { text: "p".to_owned() });
        scene.intend(SignInIntent::Submit);
        let shown = scene.record(NOW);
        assert_eq!((shown.fault, shown.stops), (None, 2), "it is sent");
    }

    #[test]
    fn what_the_server_says_of_a_field_is_a_stop_too_and_what_it_says_of_all_is_not() {
        let mut scene = typed("asha@example.com", "p");
        scene.intend(SignInIntent::Submit);
        scene.hear(SignInEvent::Answered(Err(Error::InvalidInput {
            field: "password".to_owned(),
            reason: "too short".to_owned(),
        })));
        let shown = scene.record(NOW);
        assert_eq!((shown.fault, shown.stops), (Some(SignInField::Password), 1));
        scene.intend(SignInIntent::Submit);
        scene.hear(SignInEvent::Answered(Err(Error::CaptivePortal)));
        assert_eq!(scene.record(NOW).stops, 1);
    }

    #[test]
    fn it_is_sent_once_however_often_the_button_is_pressed() {
        let mut scene = typed(" asha@example.com ", "secret");
        let effects = scene.intend(SignInIntent::Submit);
        let [SignInEffect::SignIn { email, .. }] = effects.as_slice() else {
            panic!("it is sent")
        };
        assert_eq!(email, "asha@example.com");
        assert!(scene.record(NOW).busy);
        assert!(scene.intend(SignInIntent::Submit).is_empty());
    }

    #[test]
    fn a_failed_try_says_why_and_keeps_what_was_typed() {
        let mut scene = typed("asha@example.com", "wrong");
        scene.intend(SignInIntent::Submit);
        scene.hear(SignInEvent::Answered(Err(Error::Refused {
            why: Refusal::WrongCredentials,
            reason: String::new(),
            request_id: None,
        })));
        let shown = scene.record(NOW);
        let problem = shown.problem.expect("said");
        assert_eq!(problem.text.key, TextKey::ProblemWrongCredentials);
        assert!(shown.password.filled && !shown.busy && !shown.done);

        scene.intend(SignInIntent::Submit);
        assert_eq!(scene.record(NOW).problem, None, "a new try begins clean");
        scene.hear(SignInEvent::Answered(Err(Error::Offline {
            why: OfflineReason::Dns,
            reason: String::new(),
        })));
        assert_eq!(
            scene.record(NOW).problem.map(|problem| problem.remedy),
            Some(Remedy::Retry)
        );
    }

    #[test]
    fn s37_nothing_that_was_typed_is_in_debug_and_the_password_is_gone_once_used() {
        let mut scene = typed("asha@example.com", "SECRET");
        let shown = format!("{:?}", scene.record(NOW));
        assert!(!shown.contains("SECRET") && !shown.contains("asha"), "{shown}");
        scene.intend(SignInIntent::Submit);
        scene.hear(SignInEvent::Answered(Ok(())));
        let shown = scene.record(NOW);
        assert!(shown.done && !shown.password.filled);
        assert_eq!(scene.password.text(), "");
    }

    #[test]
    fn s12_after_a_sign_out_it_is_empty_and_can_be_used_again() {
        let mut scene = typed("asha@example.com", "SECRET");
        scene.hear(SignInEvent::Session(SessionState::SignedIn));
        assert!(scene.record(NOW).done);
        scene.hear(SignInEvent::Session(SessionState::SignedOut));
        let shown = scene.record(NOW);
        assert!(!shown.done && shown.email.value.is_empty() && !shown.password.filled);
        let text = "b@example.com".to_owned();
        scene.intend(SignInIntent::Email { text });
        let text = "secret".to_owned();
        scene.intend(SignInIntent::Password { text });
        let effects = scene.intend(SignInIntent::Submit);
        assert!(
            effects.iter().any(SignInScene::is_begun),
            "sent, also if the screen is closed"
        );
    }
}
