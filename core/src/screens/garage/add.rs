//! Adding a vehicle by its identification number.
//!
//! Promised: what is mistyped is told from what is malformed, before anything is sent; a press while it is being sent sends
//! nothing; an answer to what one person sent is not shown to the next (scenario 26). Adding the same vehicle again is as good
//! as once, so a try without an answer can simply be made again.

use crate::error::{Error, Refusal};
use crate::model::VehicleId;
use crate::model::rules::{self, Fault};
use crate::screens::form::{self, Input};
use crate::screens::{Problem, Text, TextField, TextKey};

/// Adding a vehicle.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Record))]
pub struct AddVehicle {
    /// Vehicle identification number.
    pub vin: TextField,
    /// It is being sent: the button shows that it works.
    pub busy: bool,
    /// What went wrong with the last try.
    pub problem: Option<Problem>,
    /// The vehicle that was added, until another number is typed or the form is closed.
    pub added: Option<VehicleId>,
}

/// The state of the form.
#[derive(Default)]
pub(super) struct AddForm {
    vin: Input,
    busy: bool,
    problem: Option<Problem>,
    added: Option<VehicleId>,
    /// Counts the forms there were: an answer to an earlier one is nobody's.
    number: u32,
}

impl AddForm {
    pub(super) fn shown(&self) -> AddVehicle {
        AddVehicle {
            vin: self.vin.shown(vin(self.vin.text()).map(drop)),
            busy: self.busy,
            problem: self.problem.clone(),
            added: self.added,
        }
    }

    pub(super) fn typed(&mut self, text: String) {
        self.vin.set(text);
        self.added = None;
    }

    pub(super) fn left(&mut self) {
        self.vin.visit();
    }

    /// The number to be sent, with the form's; `None` if nothing is.
    pub(super) fn submit(&mut self) -> Option<(u32, String)> {
        if self.busy {
            return None;
        }
        self.vin.visit();
        (self.problem, self.added) = (None, None);
        let vin = vin(self.vin.text()).ok()?;
        self.busy = true;
        Some((self.number, vin))
    }

    pub(super) fn answered(&mut self, number: u32, answer: Result<VehicleId, Error>) {
        if number != self.number {
            return;
        }
        self.busy = false;
        match answer {
            Ok(id) => {
                self.vin.clear();
                self.added = Some(id);
            }
            Err(error) if form::refuse(&error, &mut [("vin", &mut self.vin)]) => {}
            Err(error) => self.problem = Some(problem(&error)),
        }
    }

    /// An empty one. What was sent goes on, and the list will show it.
    pub(super) fn close(&mut self) {
        *self = Self {
            number: self.number.wrapping_add(1),
            ..Self::default()
        };
    }
}

fn problem(error: &Error) -> Problem {
    let problem = Problem::from(error);
    match error {
        Error::Refused {
            why: Refusal::NotFound,
            ..
        } => Problem {
            text: TextKey::ProblemVinUnknown.into(),
            ..problem
        },
        _ => problem,
    }
}

/// The number as it is sent.
fn vin(typed: &str) -> Result<String, Text> {
    rules::vin(typed).map_err(|wrong| match wrong {
        Fault::Malformed => TextKey::FieldVinMalformed.into(),
        Fault::Mistyped => TextKey::FieldVinMistyped.into(),
        other => form::fault(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{FieldProblem, OfflineReason};
    use crate::screens::Remedy;

    const RIGHT: &str = "1M8GDM9AXKP042788";

    fn filled(text: &str) -> AddForm {
        let mut form = AddForm::default();
        form.typed(text.to_owned());
        form
    }

    fn refused(why: Refusal) -> Error {
        Error::Refused {
            why,
            reason: "no".to_owned(),
            request_id: Some("r-1".to_owned()),
        }
    }

    #[test]
    fn what_is_wrong_with_a_number_is_said_once_it_was_left() {
        for (typed, said) in [
            (RIGHT, None),
            (" 1m8gdm9axkp042788 ", None),
            ("", Some(TextKey::FieldRequired)),
            ("1M8GDM9AXKP04278", Some(TextKey::FieldVinMalformed)),
            ("1M8GDM9AXKPO42788", Some(TextKey::FieldVinMalformed)),
            ("1M8GDM9AXKP042789", Some(TextKey::FieldVinMistyped)),
        ] {
            let mut form = filled(typed);
            assert_eq!(form.shown().vin.problem, None, "{typed}");
            form.left();
            assert_eq!(form.shown().vin.problem.map(|text| text.key), said, "{typed}");
            assert_eq!(form.submit().is_some(), said.is_none(), "{typed}");
        }
    }

    #[test]
    fn it_is_sent_once_however_often_the_button_is_pressed() {
        let mut form = filled(" 1m8gdm9axkp042788 ");
        assert_eq!(form.submit(), Some((0, RIGHT.to_owned())));
        assert!(form.shown().busy);
        assert_eq!(form.submit(), None);
        form.answered(0, Ok(VehicleId(7)));
        let shown = form.shown();
        assert_eq!((shown.added, shown.busy), (Some(VehicleId(7)), false));
        assert_eq!(
            (shown.vin.value.as_str(), shown.vin.problem),
            ("", None),
            "for the next"
        );
        form.typed("1".to_owned());
        assert_eq!(form.shown().added, None);
    }

    #[test]
    fn a_failed_try_says_why_and_keeps_what_was_typed() {
        let offline = Error::Offline {
            why: OfflineReason::Dns,
            reason: String::new(),
        };
        for (error, said, remedy) in [
            (offline, TextKey::ProblemNoNetwork, Remedy::Retry),
            (
                refused(Refusal::NotFound),
                TextKey::ProblemVinUnknown,
                Remedy::Nothing,
            ),
            (
                refused(Refusal::VehicleClaimed),
                TextKey::ProblemVehicleClaimed,
                Remedy::ContactSupport,
            ),
        ] {
            let mut form = filled(RIGHT);
            form.submit();
            form.answered(0, Err(error));
            let shown = form.shown();
            assert_eq!(
                shown.problem.map(|it| (it.text.key, it.remedy)),
                Some((said, remedy))
            );
            assert_eq!((shown.vin.value.as_str(), shown.busy), (RIGHT, false));
            assert!(form.submit().is_some(), "again");
            assert_eq!(form.shown().problem, None, "a new try begins clean");
        }
    }

    #[test]
    fn what_the_server_finds_wrong_with_the_number_is_said_below_it() {
        let mut form = filled(RIGHT);
        form.submit();
        let fields = vec![FieldProblem {
            field: "vin".to_owned(),
            reason: "no".to_owned(),
        }];
        form.answered(0, Err(refused(Refusal::Invalid { fields })));
        let shown = form.shown();
        assert_eq!(shown.problem, None);
        assert_eq!(
            shown.vin.problem.map(|text| text.key),
            Some(TextKey::FieldRefused)
        );
    }

    #[test]
    fn s26_an_answer_to_a_form_that_was_closed_is_nobodys() {
        let mut form = filled(RIGHT);
        form.submit();
        form.close();
        let shown = form.shown();
        assert_eq!((shown.vin.value.as_str(), shown.busy), ("", false));
        form.answered(0, Ok(VehicleId(7)));
        assert_eq!(form.shown().added, None);
    }
}
