//! The state of the screen of a forgotten password.
//!
//! Promised: nothing here says whether an address has an account; each code is asked for, and each password sent, once however
//! often the button is pressed.

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::record::{ForgottenPassword, ForgottenPasswordIntent, ResetField, ResetStep};
use crate::error::{Error, Refusal};
use crate::model::{Capabilities, Password};
use crate::screens::cue::Cue;
use crate::screens::form::{self, Input, Stops};
use crate::screens::scene::Scene;
use crate::screens::{Phase, Problem, Text, TextKey};

/// What v2 calls a code that is wrong, used or too old.
const WRONG_CODE: &str = "invalid_reset_token";

/// The state of the screen.
#[derive(Default)]
pub(crate) struct ForgottenPasswordScene {
    /// Whether this server can; nothing while that is asked first.
    can: Option<Result<bool, Error>>,
    /// It is asked again.
    asking: bool,
    step: ResetStep,
    email: Input,
    code: Input,
    password: Input,
    repeated: Input,
    stops: Stops<ResetField>,
    note: Option<TextKey>,
    busy: bool,
    problem: Option<Problem>,
}

/// What it hears.
pub(crate) enum ForgottenPasswordEvent {
    Can(Result<Capabilities, Error>),
    Answered(Result<(), Error>),
}

/// What it does.
pub(crate) enum ForgottenPasswordEffect {
    AskCapabilities,
    /// The same again.
    AskAgain,
    Ask {
        email: String,
    },
    Set {
        code: Zeroizing<String>,
        new: Password,
    },
}

impl Scene for ForgottenPasswordScene {
    type Record = ForgottenPassword;
    type Intent = ForgottenPasswordIntent;
    type Event = ForgottenPasswordEvent;
    type Effect = ForgottenPasswordEffect;

    fn opened(&self) -> Vec<ForgottenPasswordEffect> {
        vec![ForgottenPasswordEffect::AskCapabilities]
    }

    fn record(&self, _now: Timestamp) -> ForgottenPassword {
        use ResetField::{Code, Email, Password, Repeated};
        let unknown = self.unknown();
        ForgottenPassword {
            phase: match unknown {
                _ if self.can.is_none() || self.asking => Phase::FirstLoad,
                Some(_) => Phase::Failed,
                None => Phase::Shown,
            },
            available: self.is_available(),
            step: self.step,
            email: self.email.shown(self.check(Email)),
            code: self.code.shown(self.check(Code)),
            password: self.password.shown_secret(self.check(Password)),
            repeated: self.repeated.shown_secret(self.check(Repeated)),
            note: self.note.map(Text::from),
            fault: self.stops.fault(|field| self.is_wrong(*field)),
            stops: self.stops.count(),
            busy: self.busy,
            problem: self.problem.clone().or_else(|| unknown.map(Problem::from)),
        }
    }

    fn intend(&mut self, intent: ForgottenPasswordIntent) -> Vec<ForgottenPasswordEffect> {
        if intent == ForgottenPasswordIntent::Refresh {
            let again = self.unknown().is_some();
            self.asking |= again;
            return again
                .then_some(ForgottenPasswordEffect::AskAgain)
                .into_iter()
                .collect();
        }
        if !self.is_available() {
            return Vec::new();
        }
        match intent {
            ForgottenPasswordIntent::Change { field, text } => self.input(field).set(text),
            ForgottenPasswordIntent::Left { field } => self.input(field).visit(),
            // What is under way belongs to its part.
            _ if self.busy => {}
            ForgottenPasswordIntent::Submit => return self.submit(),
            ForgottenPasswordIntent::Refresh => {}
            ForgottenPasswordIntent::HaveCode => self.go(ResetStep::Set, None),
            ForgottenPasswordIntent::AskAgain => {
                self.code.clear();
                self.go(ResetStep::Ask, None);
            }
        }
        Vec::new()
    }

    fn hear(&mut self, event: ForgottenPasswordEvent) -> Vec<ForgottenPasswordEffect> {
        match event {
            ForgottenPasswordEvent::Can(can) => {
                (self.can, self.asking) = (Some(can.map(|can| can.password_reset)), false);
            }
            ForgottenPasswordEvent::Answered(answer) => {
                self.busy = false;
                match answer {
                    Ok(()) => self.arrived(),
                    Err(error) => self.failed(&error),
                }
            }
        }
        Vec::new()
    }

    async fn perform(effect: ForgottenPasswordEffect, cue: Cue<Self>) {
        let answer = match effect {
            ForgottenPasswordEffect::AskCapabilities => {
                return cue.capabilities_or_why(ForgottenPasswordEvent::Can).await;
            }
            ForgottenPasswordEffect::AskAgain => return cue.ask_again(),
            ForgottenPasswordEffect::Ask { email } => {
                cue.awake().await;
                cue.account().request_password_reset(&email).await
            }
            ForgottenPasswordEffect::Set { code, new } => {
                cue.awake().await;
                cue.account().reset_password(&code, new).await
            }
        };
        cue.tell(ForgottenPasswordEvent::Answered(answer));
    }

    fn is_begun(effect: &ForgottenPasswordEffect) -> bool {
        use ForgottenPasswordEffect::{Ask, Set};
        matches!(effect, Ask { .. } | Set { .. })
    }
}

impl ForgottenPasswordScene {
    fn is_available(&self) -> bool {
        matches!(self.can, Some(Ok(true)))
    }

    /// Why it is not known whether this server can, while it is not asked.
    fn unknown(&self) -> Option<&Error> {
        self.can.as_ref()?.as_ref().err().filter(|_| !self.asking)
    }

    fn input(&mut self, field: ResetField) -> &mut Input {
        match field {
            ResetField::Email => &mut self.email,
            ResetField::Code => &mut self.code,
            ResetField::Password => &mut self.password,
            ResetField::Repeated => &mut self.repeated,
        }
    }

    fn check(&self, field: ResetField) -> Result<(), Text> {
        match field {
            ResetField::Email => form::email(self.email.text()),
            ResetField::Code if self.code.text().trim().is_empty() => {
                Err(TextKey::FieldResetCodeEmpty.into())
            }
            ResetField::Code => Ok(()),
            ResetField::Password => form::new_password(self.password.text()),
            ResetField::Repeated => form::repeated(self.password.text(), self.repeated.text()),
        }
    }

    /// What this step asks for, in the order in which it is drawn.
    fn asked(&self) -> &'static [ResetField] {
        match self.step {
            ResetStep::Ask => &[ResetField::Email],
            ResetStep::Set => &[ResetField::Code, ResetField::Password, ResetField::Repeated],
            ResetStep::Done => &[],
        }
    }

    fn is_wrong(&self, field: ResetField) -> bool {
        let input = match field {
            ResetField::Email => &self.email,
            ResetField::Code => &self.code,
            ResetField::Password => &self.password,
            ResetField::Repeated => &self.repeated,
        };
        input.is_wrong(self.check(field))
    }

    fn first_fault(&self) -> Option<ResetField> {
        self.asked().iter().copied().find(|field| self.is_wrong(*field))
    }

    fn submit(&mut self) -> Vec<ForgottenPasswordEffect> {
        let asked = self.asked();
        if asked.is_empty() {
            return Vec::new();
        }
        asked.iter().for_each(|field| self.input(*field).visit());
        self.problem = None;
        if asked.iter().any(|field| self.check(*field).is_err()) {
            self.stops.note(self.first_fault());
            return Vec::new();
        }
        self.busy = true;
        self.stops.note(None);
        vec![match self.step {
            ResetStep::Ask => ForgottenPasswordEffect::Ask {
                email: self.email.text().trim().to_owned(),
            },
            ResetStep::Set | ResetStep::Done => ForgottenPasswordEffect::Set {
                code: Zeroizing::new(self.code.text().trim().to_owned()),
                new: Password::new(self.password.text()),
            },
        }]
    }

    fn go(&mut self, step: ResetStep, note: Option<TextKey>) {
        (self.step, self.note, self.problem) = (step, note, None);
    }

    fn arrived(&mut self) {
        match self.step {
            ResetStep::Ask => self.go(ResetStep::Set, Some(TextKey::ResetSent)),
            ResetStep::Set | ResetStep::Done => {
                let all = [
                    ResetField::Email,
                    ResetField::Code,
                    ResetField::Password,
                    ResetField::Repeated,
                ];
                all.into_iter().for_each(|field| self.input(field).clear());
                self.go(ResetStep::Done, Some(TextKey::ResetDone));
            }
        }
    }

    fn failed(&mut self, error: &Error) {
        if matches!(error, Error::Refused { why: Refusal::Other { code }, .. } if code == WRONG_CODE) {
            self.code.refuse(TextKey::FieldResetCodeWrong);
            return self.stops.note(self.first_fault());
        }
        if self.step == ResetStep::Set && form::may_have_arrived(error) {
            // The code may be used up by it.
            self.note = Some(TextKey::ResetMayBeDone);
        }
        let fields = &mut [
            ("email", &mut self.email),
            ("token", &mut self.code),
            ("new_password", &mut self.password),
        ];
        if form::refuse(error, fields) {
            self.stops.note(self.first_fault());
        } else {
            self.problem = Some(Problem::from(error));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::OfflineReason;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn change(scene: &mut ForgottenPasswordScene, field: ResetField, text: &str) {
        let text = text.to_owned();
        scene.intend(ForgottenPasswordIntent::Change { field, text });
    }

    fn available() -> ForgottenPasswordScene {
        let mut scene = ForgottenPasswordScene::default();
        let can = Capabilities {
            password_reset: true,
            ..Capabilities::default()
        };
        scene.hear(ForgottenPasswordEvent::Can(Ok(can)));
        scene
    }

    /// With a code and a new password, sent.
    fn setting() -> ForgottenPasswordScene {
        let mut scene = available();
        scene.intend(ForgottenPasswordIntent::HaveCode);
        change(&mut scene, ResetField::Code, " SECRET-CODE ");
        change(&mut scene, ResetField::Password, "a new secret");
        change(&mut scene, ResetField::Repeated, "a new secret");
        let effects = scene.intend(ForgottenPasswordIntent::Submit);
        let [ForgottenPasswordEffect::Set { code, .. }] = effects.as_slice() else {
            panic!("it is sent")
        };
        assert_eq!(code.as_str(), "SECRET-CODE");
        scene
    }

    fn failed(error: Error) -> ForgottenPasswordEvent {
        ForgottenPasswordEvent::Answered(Err(error))
    }

    #[test]
    fn a_stop_leads_to_the_first_fault_of_its_step() {
        let mut scene = available();
        let stop = |scene: &ForgottenPasswordScene| (scene.record(NOW).fault, scene.record(NOW).stops);
        scene.intend(ForgottenPasswordIntent::Submit);
        assert_eq!(stop(&scene), (Some(ResetField::Email), 1));
        let mut scene = setting();
        assert_eq!(stop(&scene), (None, 0));
        let (why, reason, request_id) = (
            Refusal::Other {
                code: WRONG_CODE.to_owned(),
            },
            String::new(),
            None,
        );
        scene.hear(failed(Error::Refused {
            why,
            reason,
            request_id,
        }));
        assert_eq!(stop(&scene), (Some(ResetField::Code), 1));
    }

    #[test]
    fn what_is_not_known_is_neither_there_nor_absent() {
        let mut scene = ForgottenPasswordScene::default();
        let phase = |scene: &ForgottenPasswordScene| scene.record(NOW).phase;
        assert_eq!(phase(&scene), Phase::FirstLoad);
        let offline = || Error::Offline {
            why: OfflineReason::Dns,
            reason: String::new(),
        };
        scene.hear(ForgottenPasswordEvent::Can(Err(offline())));
        let shown = scene.record(NOW);
        assert_eq!((shown.phase, shown.available), (Phase::Failed, false));
        assert_eq!(
            shown.problem.map(|problem| problem.text.key),
            Some(TextKey::ProblemNoNetwork)
        );
        let again = scene.intend(ForgottenPasswordIntent::Refresh);
        assert!(matches!(again.as_slice(), [ForgottenPasswordEffect::AskAgain]));
        let shown = scene.record(NOW);
        assert_eq!((shown.phase, shown.problem), (Phase::FirstLoad, None));
        assert!(scene.intend(ForgottenPasswordIntent::Refresh).is_empty(), "once");
        scene.hear(ForgottenPasswordEvent::Can(Err(offline())));
        scene.hear(ForgottenPasswordEvent::Can(Ok(Capabilities::default())));
        let shown = scene.record(NOW);
        assert_eq!((shown.phase, shown.problem), (Phase::Shown, None));
        assert!(scene.intend(ForgottenPasswordIntent::Refresh).is_empty(), "known");
    }

    #[test]
    fn where_the_server_cannot_nothing_does_anything() {
        let mut scene = ForgottenPasswordScene::default();
        scene.hear(ForgottenPasswordEvent::Can(Ok(Capabilities::default())));
        let before = scene.record(NOW);
        assert!(!before.available);
        change(&mut scene, ResetField::Email, "asha@example.com");
        for intent in [ForgottenPasswordIntent::HaveCode, ForgottenPasswordIntent::Submit] {
            assert!(scene.intend(intent).is_empty());
        }
        assert_eq!(scene.record(NOW), before);
    }

    #[test]
    fn a_code_is_asked_for_once_and_nothing_says_whether_there_is_an_account() {
        let mut scene = available();
        assert!(scene.intend(ForgottenPasswordIntent::Submit).is_empty());
        let shown = scene.record(NOW);
        assert_eq!(
            shown.email.problem.map(|text| text.key),
            Some(TextKey::FieldEmailEmpty)
        );
        change(&mut scene, ResetField::Email, " asha@example.com ");
        let effects = scene.intend(ForgottenPasswordIntent::Submit);
        let [ForgottenPasswordEffect::Ask { email }] = effects.as_slice() else {
            panic!("it is sent")
        };
        assert_eq!(email, "asha@example.com");
        assert!(scene.record(NOW).busy);
        assert!(scene.intend(ForgottenPasswordIntent::Submit).is_empty());
        scene.hear(ForgottenPasswordEvent::Answered(Ok(())));
        let shown = scene.record(NOW);
        assert_eq!((shown.step, shown.busy), (ResetStep::Set, false));
        assert_eq!(shown.note, Some(TextKey::ResetSent.into()));
    }

    #[test]
    fn a_wrong_code_is_said_at_its_field_and_another_can_be_asked_for() {
        let mut scene = setting();
        scene.hear(failed(Error::Refused {
            why: Refusal::Other {
                code: WRONG_CODE.to_owned(),
            },
            reason: String::new(),
            request_id: None,
        }));
        let shown = scene.record(NOW);
        assert_eq!(
            shown.code.problem.map(|text| text.key),
            Some(TextKey::FieldResetCodeWrong)
        );
        assert_eq!(shown.problem, None);
        scene.intend(ForgottenPasswordIntent::AskAgain);
        let shown = scene.record(NOW);
        assert_eq!((shown.step, shown.code.value.as_str()), (ResetStep::Ask, ""));
    }

    #[test]
    fn what_does_not_fit_is_said_before_it_is_sent() {
        let mut scene = available();
        scene.intend(ForgottenPasswordIntent::HaveCode);
        change(&mut scene, ResetField::Password, "short");
        assert!(scene.intend(ForgottenPasswordIntent::Submit).is_empty());
        let shown = scene.record(NOW);
        for (problem, key) in [
            (shown.code.problem, TextKey::FieldResetCodeEmpty),
            (shown.password.problem, TextKey::FieldTooShort),
            (shown.repeated.problem, TextKey::FieldPasswordsDiffer),
        ] {
            assert_eq!(problem.map(|text| text.key), Some(key));
        }
    }

    #[test]
    fn where_no_answer_came_the_password_may_be_set() {
        let mut scene = setting();
        scene.hear(failed(Error::Offline {
            why: OfflineReason::Interrupted,
            reason: String::new(),
        }));
        let shown = scene.record(NOW);
        assert_eq!(shown.note, Some(TextKey::ResetMayBeDone.into()));
        assert!(shown.problem.is_some() && shown.password.filled);
    }

    #[test]
    fn s37_nothing_that_was_typed_is_in_debug_or_left_when_it_is_done() {
        let mut scene = setting();
        let shown = format!("{:?}", scene.record(NOW));
        assert!(!shown.contains("SECRET"), "{shown}");
        scene.hear(ForgottenPasswordEvent::Answered(Ok(())));
        let shown = scene.record(NOW);
        assert_eq!(shown.step, ResetStep::Done);
        assert_eq!(shown.note, Some(TextKey::ResetDone.into()));
        assert!(!shown.password.filled && !shown.repeated.filled);
        assert_eq!(shown.code.value, "");
        assert!(scene.intend(ForgottenPasswordIntent::Submit).is_empty());
    }
}
