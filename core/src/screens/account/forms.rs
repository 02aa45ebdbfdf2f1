//! The account's forms as its scene keeps them. One is open at a time; what is under way keeps it open.

use super::record::{AccountField, DeletionForm, PasswordForm, ProfileForm};
use crate::error::{Error, Refusal};
use crate::model::{Customer, Password, ProfileChange};
use crate::screens::form::{self, Input};
use crate::screens::{Text, TextKey};

/// The form that is open.
pub(super) enum Form {
    Profile(Box<EditProfile>),
    Password(EditPassword),
    Deletion(Deletion),
}

/// What a form asks the service for.
pub(crate) enum Asked {
    Profile(ProfileChange),
    Password { current: Password, new: Password },
    Deletion(Password),
}

/// What comes of sending a form.
pub(super) enum Sending {
    /// Something does not fit yet, and is said; or a question comes first.
    NotYet,
    /// There is nothing to send.
    Nothing,
    /// This.
    Send(Asked),
}

pub(super) struct EditProfile {
    /// As it was when the form was opened: only what differs is sent.
    before: [String; 4],
    inputs: [Input; 4],
}

#[derive(Default)]
pub(super) struct EditPassword {
    current: Input,
    new: Input,
    repeated: Input,
}

#[derive(Default)]
pub(super) struct Deletion {
    password: Input,
    confirming: bool,
}

/// The fields of a profile, in the order of [`EditProfile::inputs`], with the server's names.
const PROFILE: [(AccountField, &str); 4] = [
    (AccountField::FirstName, "first_name"),
    (AccountField::LastName, "last_name"),
    (AccountField::Phone, "phone"),
    (AccountField::Address, "address"),
];

impl Form {
    pub(super) fn change(&mut self, field: AccountField, text: String) {
        if let Some(input) = self.input(field) {
            input.set(text);
        }
        if let Self::Deletion(deletion) = self {
            deletion.confirming = false;
        }
    }

    pub(super) fn left(&mut self, field: AccountField) {
        if let Some(input) = self.input(field) {
            input.visit();
        }
    }

    /// `None` if this form has no such field.
    fn input(&mut self, field: AccountField) -> Option<&mut Input> {
        match (self, field) {
            (Self::Profile(form), field) => {
                let at = PROFILE.iter().position(|(own, _)| *own == field)?;
                form.inputs.get_mut(at)
            }
            (Self::Password(form), AccountField::CurrentPassword) => Some(&mut form.current),
            (Self::Password(form), AccountField::NewPassword) => Some(&mut form.new),
            (Self::Password(form), AccountField::RepeatedPassword) => Some(&mut form.repeated),
            (Self::Deletion(form), AccountField::CurrentPassword) => Some(&mut form.password),
            (Self::Password(_) | Self::Deletion(_), _) => None,
        }
    }

    /// Its fields in the order in which they are drawn, and whether something is said to be wrong with them.
    fn wrongs(&self) -> Vec<(AccountField, bool)> {
        match self {
            Self::Profile(form) => {
                let wrong = |at: usize| form.inputs[at].is_wrong(form.check(at));
                let all = PROFILE.iter().enumerate();
                all.map(|(at, (field, _))| (*field, wrong(at))).collect()
            }
            Self::Password(form) => {
                use AccountField::{CurrentPassword, NewPassword, RepeatedPassword};
                let inputs = [&form.current, &form.new, &form.repeated];
                let wrong = inputs.into_iter().zip(form.checks());
                let wrong = wrong.map(|(input, check)| input.is_wrong(check));
                [CurrentPassword, NewPassword, RepeatedPassword]
                    .into_iter()
                    .zip(wrong)
                    .collect()
            }
            Self::Deletion(form) => {
                let wrong = form.password.is_wrong(form::password(form.password.text()));
                vec![(AccountField::CurrentPassword, wrong)]
            }
        }
    }

    pub(super) fn is_wrong(&self, field: AccountField) -> bool {
        self.wrongs().contains(&(field, true))
    }

    pub(super) fn first_fault(&self) -> Option<AccountField> {
        let first = self.wrongs().into_iter().find(|(_, is_wrong)| *is_wrong);
        first.map(|(field, _)| field)
    }

    pub(super) fn submit(&mut self) -> Sending {
        match self {
            Self::Profile(form) => form.submit(),
            Self::Password(form) => form.submit(),
            Self::Deletion(form) => form.submit(),
        }
    }

    /// The last word on a deletion; nothing before it was asked for.
    pub(super) fn confirm(&self) -> Option<Asked> {
        match self {
            Self::Deletion(form) if form.confirming => {
                Some(Asked::Deletion(Password::new(form.password.text())))
            }
            _ => None,
        }
    }

    /// Shows what the server does not take at its field; false if it named none.
    pub(super) fn refuse(&mut self, error: &Error) -> bool {
        let wrong = matches!(
            error,
            Error::Refused {
                why: Refusal::WrongCredentials,
                ..
            }
        );
        match self {
            Self::Profile(form) => form.refuse(error),
            Self::Password(form) if wrong => {
                form.current.refuse(TextKey::FieldPasswordWrong);
                true
            }
            Self::Password(form) => form::refuse(
                error,
                &mut [
                    ("current_password", &mut form.current),
                    ("new_password", &mut form.new),
                ],
            ),
            Self::Deletion(form) => {
                form.confirming = false;
                if wrong {
                    form.password.refuse(TextKey::FieldPasswordWrong);
                    return true;
                }
                form::refuse(error, &mut [("password", &mut form.password)])
            }
        }
    }

    /// What to say when it is done.
    pub(super) fn note(&self) -> Option<TextKey> {
        match self {
            Self::Profile(_) => Some(TextKey::AccountProfileSaved),
            Self::Password(_) => Some(TextKey::AccountPasswordChanged),
            Self::Deletion(_) => None,
        }
    }
}

impl EditProfile {
    pub(super) fn of(customer: &Customer) -> Self {
        let before = [
            customer.first_name.clone(),
            customer.last_name.clone(),
            customer.phone.clone().unwrap_or_default(),
            customer.address.clone().unwrap_or_default(),
        ];
        let inputs = [0, 1, 2, 3].map(|at: usize| Input::of(&before[at]));
        Self { before, inputs }
    }

    fn check(&self, at: usize) -> Result<(), Text> {
        let typed = self.inputs[at].text();
        // What was there before is the server's.
        if typed == self.before[at] {
            return Ok(());
        }
        match PROFILE[at].0 {
            AccountField::Phone => form::phone(typed),
            AccountField::Address => form::address(typed),
            _ => form::name(typed),
        }
    }

    fn changed(&self, at: usize) -> Option<String> {
        let typed = self.inputs[at].text().trim();
        (typed != self.before[at].trim()).then(|| typed.to_owned())
    }

    fn submit(&mut self) -> Sending {
        self.inputs.iter_mut().for_each(Input::visit);
        if (0..PROFILE.len()).any(|at| self.check(at).is_err()) {
            return Sending::NotYet;
        }
        let [first_name, last_name, phone, address] = [0, 1, 2, 3].map(|at| self.changed(at));
        if [&first_name, &last_name, &phone, &address]
            .into_iter()
            .all(Option::is_none)
        {
            return Sending::Nothing;
        }
        Sending::Send(Asked::Profile(ProfileChange {
            first_name,
            last_name,
            phone,
            address,
        }))
    }

    fn refuse(&mut self, error: &Error) -> bool {
        let inputs = self.inputs.iter_mut();
        let mut named: Vec<(&str, &mut Input)> = PROFILE.iter().map(|(_, name)| *name).zip(inputs).collect();
        form::refuse(error, &mut named)
    }

    pub(super) fn shown(&self) -> ProfileForm {
        let [first_name, last_name, phone, address] =
            [0, 1, 2, 3].map(|at: usize| self.inputs[at].shown(self.check(at)));
        ProfileForm {
            first_name,
            last_name,
            phone,
            address,
        }
    }
}

impl EditPassword {
    fn checks(&self) -> [Result<(), Text>; 3] {
        [
            form::password(self.current.text()),
            form::new_password(self.new.text()),
            form::repeated(self.new.text(), self.repeated.text()),
        ]
    }

    fn submit(&mut self) -> Sending {
        for input in [&mut self.current, &mut self.new, &mut self.repeated] {
            input.visit();
        }
        if self.checks().iter().any(Result::is_err) {
            return Sending::NotYet;
        }
        Sending::Send(Asked::Password {
            current: Password::new(self.current.text()),
            new: Password::new(self.new.text()),
        })
    }

    pub(super) fn shown(&self) -> PasswordForm {
        let [current, new, repeated] = self.checks();
        PasswordForm {
            current: self.current.shown_secret(current),
            new: self.new.shown_secret(new),
            repeated: self.repeated.shown_secret(repeated),
        }
    }
}

impl Deletion {
    /// Nothing is deleted before it was confirmed.
    fn submit(&mut self) -> Sending {
        self.password.visit();
        self.confirming = form::password(self.password.text()).is_ok();
        Sending::NotYet
    }

    pub(super) fn shown(&self) -> DeletionForm {
        DeletionForm {
            password: self.password.shown_secret(form::password(self.password.text())),
            confirm: self.confirming.then(|| TextKey::AccountDeletion.into()),
        }
    }
}
