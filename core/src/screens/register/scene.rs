//! The state of the registration.
//!
//! Promised: it is sent once however often the button is pressed; what the server does not take is said at the field. Not
//! promised: that no account was made where no answer came. Then the person is told so.

use jiff::Timestamp;

use super::record::{Register, RegisterField, RegisterIntent};
use crate::error::{Error, Refusal};
use crate::model::{NewCustomer, Password};
use crate::screens::cue::Cue;
use crate::screens::form::{self, Input, Stops};
use crate::screens::scene::Scene;
use crate::screens::{Problem, Text, TextKey};
use crate::session::SessionState;

/// The state of the registration.
#[derive(Default)]
pub(crate) struct RegisterScene {
    fields: Fields,
    stops: Stops<RegisterField>,
    busy: bool,
    problem: Option<Problem>,
    /// An answer was lost: the account may be there.
    may_exist: bool,
    done: bool,
}

#[derive(Default)]
struct Fields {
    email: Input,
    password: Input,
    repeated: Input,
    first_name: Input,
    last_name: Input,
    phone: Input,
    address: Input,
}

/// What it hears.
pub(crate) enum RegisterEvent {
    Session(SessionState),
    Answered(Result<(), Error>),
}

/// What it does.
pub(crate) enum RegisterEffect {
    Watch,
    Register(Box<NewCustomer>),
}

/// In the order in which they are drawn.
const ALL: [RegisterField; 7] = [
    RegisterField::Email,
    RegisterField::Password,
    RegisterField::Repeated,
    RegisterField::FirstName,
    RegisterField::LastName,
    RegisterField::Phone,
    RegisterField::Address,
];

impl Scene for RegisterScene {
    type Record = Register;
    type Intent = RegisterIntent;
    type Event = RegisterEvent;
    type Effect = RegisterEffect;

    fn opened(&self) -> Vec<RegisterEffect> {
        vec![RegisterEffect::Watch]
    }

    fn record(&self, _now: Timestamp) -> Register {
        use RegisterField::{Address, Email, FirstName, LastName, Password, Phone, Repeated};
        let fields = &self.fields;
        let text = |field| fields.input(field).shown(fields.check(field));
        let secret = |field| fields.input(field).shown_secret(fields.check(field));
        Register {
            email: text(Email),
            password: secret(Password),
            repeated: secret(Repeated),
            first_name: text(FirstName),
            last_name: text(LastName),
            phone: text(Phone),
            address: text(Address),
            fault: self.stops.fault(|field| fields.is_wrong(*field)),
            stops: self.stops.count(),
            busy: self.busy,
            problem: self.problem.clone(),
            hint: self.may_exist.then(|| TextKey::RegisterMayExist.into()),
            done: self.done,
        }
    }

    fn intend(&mut self, intent: RegisterIntent) -> Vec<RegisterEffect> {
        match intent {
            // What is being sent is what was filled in.
            _ if self.busy => {}
            RegisterIntent::Change { field, text } => {
                // Of another address nothing is known.
                self.may_exist &= field != RegisterField::Email;
                self.fields.input_mut(field).set(text);
            }
            RegisterIntent::Left { field } => self.fields.input_mut(field).visit(),
            RegisterIntent::Submit if self.done => {}
            RegisterIntent::Submit => {
                ALL.into_iter()
                    .for_each(|field| self.fields.input_mut(field).visit());
                self.problem = None;
                if ALL.into_iter().all(|field| self.fields.check(field).is_ok()) {
                    self.busy = true;
                    self.stops.note(None);
                    return vec![RegisterEffect::Register(Box::new(self.fields.filled()))];
                }
                self.stops.note(self.fields.first_fault());
            }
        }
        Vec::new()
    }

    fn hear(&mut self, event: RegisterEvent) -> Vec<RegisterEffect> {
        match event {
            RegisterEvent::Session(state) if state.is_signed_in() => self.signed_in(),
            RegisterEvent::Session(_) => self.done = false,
            RegisterEvent::Answered(Ok(())) => self.signed_in(),
            RegisterEvent::Answered(Err(error)) => {
                self.busy = false;
                // It is made before its session is kept on this device.
                self.may_exist |= form::may_have_arrived(&error) || matches!(error, Error::Storage { .. });
                if self.fields.refuse(&error) {
                    self.stops.note(self.fields.first_fault());
                } else {
                    self.problem = Some(Problem::from(&error));
                }
            }
        }
        Vec::new()
    }

    async fn perform(effect: RegisterEffect, cue: Cue<Self>) {
        match effect {
            RegisterEffect::Watch => cue.watch(cue.session_states(), RegisterEvent::Session).await,
            RegisterEffect::Register(new) => {
                cue.awake().await;
                let answer = cue.account().register(*new).await;
                cue.tell(RegisterEvent::Answered(answer));
            }
        }
    }

    fn is_begun(effect: &RegisterEffect) -> bool {
        matches!(effect, RegisterEffect::Register(_))
    }
}

impl RegisterScene {
    /// Also by another screen or process. What was typed is nobody else's.
    fn signed_in(&mut self) {
        *self = Self {
            done: true,
            ..Self::default()
        };
    }
}

impl Fields {
    fn input(&self, field: RegisterField) -> &Input {
        match field {
            RegisterField::Email => &self.email,
            RegisterField::Password => &self.password,
            RegisterField::Repeated => &self.repeated,
            RegisterField::FirstName => &self.first_name,
            RegisterField::LastName => &self.last_name,
            RegisterField::Phone => &self.phone,
            RegisterField::Address => &self.address,
        }
    }

    fn input_mut(&mut self, field: RegisterField) -> &mut Input {
        match field {
            RegisterField::Email => &mut self.email,
            RegisterField::Password => &mut self.password,
            RegisterField::Repeated => &mut self.repeated,
            RegisterField::FirstName => &mut self.first_name,
            RegisterField::LastName => &mut self.last_name,
            RegisterField::Phone => &mut self.phone,
            RegisterField::Address => &mut self.address,
        }
    }

    fn check(&self, field: RegisterField) -> Result<(), Text> {
        let typed = self.input(field).text();
        match field {
            RegisterField::Email => form::email(typed),
            RegisterField::Password => form::new_password(typed),
            RegisterField::Repeated => form::repeated(self.password.text(), typed),
            RegisterField::FirstName | RegisterField::LastName => form::name(typed),
            RegisterField::Phone => form::phone(typed),
            RegisterField::Address => form::address(typed),
        }
    }

    fn is_wrong(&self, field: RegisterField) -> bool {
        self.input(field).is_wrong(self.check(field))
    }

    fn first_fault(&self) -> Option<RegisterField> {
        ALL.into_iter().find(|field| self.is_wrong(*field))
    }

    fn filled(&self) -> NewCustomer {
        let text = |field| self.input(field).text().trim().to_owned();
        NewCustomer {
            email: text(RegisterField::Email),
            password: Password::new(self.password.text()),
            first_name: text(RegisterField::FirstName),
            last_name: text(RegisterField::LastName),
            phone: text(RegisterField::Phone),
            address: Some(text(RegisterField::Address)).filter(|address| !address.is_empty()),
        }
    }

    /// Shows what the server does not take at its field; false if it named none.
    fn refuse(&mut self, error: &Error) -> bool {
        if let Error::Refused {
            why: Refusal::EmailTaken,
            ..
        } = error
        {
            self.email.refuse(TextKey::ProblemEmailTaken);
            return true;
        }
        form::refuse(
            error,
            &mut [
                ("email", &mut self.email),
                ("password", &mut self.password),
                ("first_name", &mut self.first_name),
                ("last_name", &mut self.last_name),
                ("phone", &mut self.phone),
                ("address", &mut self.address),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{FieldProblem, OfflineReason};
    use crate::screens::Remedy;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn change(scene: &mut RegisterScene, field: RegisterField, text: &str) {
        let text = text.to_owned();
        assert!(scene.intend(RegisterIntent::Change { field, text }).is_empty());
    }

    fn filled() -> RegisterScene {
        let mut scene = RegisterScene::default();
        for (field, text) in ALL.into_iter().zip([
            " new@example.com ",
            "a long secret",
            "a long secret",
            " New ",
            "Rider",
            "+919800000001",
            " ",
        ]) {
            change(&mut scene, field, text);
        }
        scene
    }

    fn key(problem: Option<&Text>) -> Option<TextKey> {
        problem.map(|text| text.key)
    }

    fn refused(why: Refusal) -> RegisterEvent {
        RegisterEvent::Answered(Err(Error::Refused {
            why,
            reason: String::new(),
            request_id: None,
        }))
    }

    #[test]
    fn what_is_wrong_is_said_when_a_field_is_left_or_all_is_sent() {
        let mut scene = RegisterScene::default();
        change(&mut scene, RegisterField::Password, "short");
        assert_eq!(scene.record(NOW).password.problem, None, "while it is filled in");
        let field = RegisterField::Password;
        scene.intend(RegisterIntent::Left { field });
        let shown = scene.record(NOW);
        assert_eq!(key(shown.password.problem.as_ref()), Some(TextKey::FieldTooShort));
        assert_eq!(shown.email.problem, None, "not been there");

        assert!(scene.intend(RegisterIntent::Submit).is_empty(), "nothing is sent");
        let shown = scene.record(NOW);
        assert!(!shown.busy);
        for (problem, expected) in [
            (shown.email.problem, TextKey::FieldEmailEmpty),
            (shown.repeated.problem, TextKey::FieldPasswordsDiffer),
            (shown.first_name.problem, TextKey::FieldRequired),
            (shown.last_name.problem, TextKey::FieldRequired),
            (shown.phone.problem, TextKey::FieldPhoneMalformed),
        ] {
            assert_eq!(key(problem.as_ref()), Some(expected));
        }
        assert_eq!(shown.address.problem, None, "may stay empty");
    }

    #[test]
    fn a_stop_leads_to_the_first_fault_in_the_order_drawn() {
        let mut scene = filled();
        change(&mut scene, RegisterField::Phone, "");
        change(&mut scene, RegisterField::Repeated, "another secret");
        let stop = |scene: &RegisterScene| (scene.record(NOW).fault, scene.record(NOW).stops);
        assert_eq!(stop(&scene), (None, 0));
        scene.intend(RegisterIntent::Submit);
        assert_eq!(stop(&scene), (Some(RegisterField::Repeated), 1));
        change(&mut scene, RegisterField::Repeated, "a long secret");
        assert_eq!(stop(&scene), (None, 1));
        scene.intend(RegisterIntent::Submit);
        assert_eq!(stop(&scene), (Some(RegisterField::Phone), 2));
        change(&mut scene, RegisterField::Phone, "+919800000001");
        scene.intend(RegisterIntent::Submit);
        assert_eq!(stop(&scene), (None, 2));
        scene.hear(refused(Refusal::EmailTaken));
        assert_eq!(stop(&scene), (Some(RegisterField::Email), 3));
    }

    #[test]
    fn a_full_form_is_trimmed_and_sent_once() {
        let mut scene = filled();
        let effects = scene.intend(RegisterIntent::Submit);
        let [RegisterEffect::Register(new)] = effects.as_slice() else {
            panic!("it is sent")
        };
        assert_eq!(
            (new.email.as_str(), new.first_name.as_str()),
            ("new@example.com", "New")
        );
        assert_eq!(new.address, None);
        assert!(scene.record(NOW).busy);
        assert!(scene.intend(RegisterIntent::Submit).is_empty());
    }

    #[test]
    fn what_the_server_does_not_take_is_said_at_its_field_until_it_is_changed() {
        let mut scene = filled();
        scene.intend(RegisterIntent::Submit);
        scene.hear(refused(Refusal::EmailTaken));
        let shown = scene.record(NOW);
        assert_eq!(
            key(shown.email.problem.as_ref()),
            Some(TextKey::ProblemEmailTaken)
        );
        assert!(shown.problem.is_none() && !shown.busy && shown.password.filled);
        change(&mut scene, RegisterField::Email, "other@example.com");
        assert_eq!(scene.record(NOW).email.problem, None);

        let fields = vec![FieldProblem {
            field: "phone".to_owned(),
            reason: "not a number".to_owned(),
        }];
        scene.intend(RegisterIntent::Submit);
        scene.hear(refused(Refusal::Invalid { fields }));
        let shown = scene.record(NOW);
        assert_eq!(key(shown.phone.problem.as_ref()), Some(TextKey::FieldRefused));
        assert_eq!(shown.problem, None);
    }

    #[test]
    fn where_no_answer_came_the_account_may_be_there() {
        let mut scene = filled();
        for (why, may_exist) in [(OfflineReason::Dns, false), (OfflineReason::TimedOut, true)] {
            scene.intend(RegisterIntent::Submit);
            let reason = String::new();
            scene.hear(RegisterEvent::Answered(Err(Error::Offline { why, reason })));
            let shown = scene.record(NOW);
            assert_eq!(shown.hint.is_some(), may_exist);
            assert_eq!(shown.problem.map(|problem| problem.remedy), Some(Remedy::Retry));
        }
        scene.intend(RegisterIntent::Submit);
        scene.hear(refused(Refusal::EmailTaken));
        assert!(scene.record(NOW).hint.is_some(), "it may well be this one");
        change(&mut scene, RegisterField::Email, "other@example.com");
        assert_eq!(scene.record(NOW).hint, None);
    }

    #[test]
    fn s37_nothing_that_was_typed_is_in_debug_or_left_once_somebody_is_signed_in() {
        let mut scene = filled();
        let shown = format!("{:?}", scene.record(NOW));
        for typed in ["new@example", "secret", "Rider", "+9198"] {
            assert!(!shown.contains(typed), "{shown}");
        }
        let text = "SECRET".to_owned();
        let field = RegisterField::Password;
        let intent = format!("{:?}", RegisterIntent::Change { field, text });
        assert!(!intent.contains("SECRET"), "{intent}");
        scene.intend(RegisterIntent::Submit);
        scene.hear(RegisterEvent::Answered(Ok(())));
        let shown = scene.record(NOW);
        assert!(shown.done && !shown.busy && !shown.password.filled);
        assert_eq!(shown.email.value, "");
        assert!(scene.intend(RegisterIntent::Submit).is_empty());
    }
}
