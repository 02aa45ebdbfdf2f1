//! The state of the account.
//!
//! Promised: nothing that one person typed, was told or had exported is shown to the next (scenario 12); a second press while
//! something is under way sends nothing; what was not sent is discarded only on the person's word (11). Not promised: that the
//! server hears of a sign-out; it is one without a network too.

use jiff::Timestamp;

use super::forms::{Asked, Deletion, EditPassword, EditProfile, Form, Sending};
use super::record::{Account, AccountField, AccountIntent, AccountProfile, SessionEnded, UnsentQuestion};
use crate::error::Error;
use crate::model::{Capabilities, Connectivity, Customer, Freshness, Unsent};
use crate::query::Update;
use crate::screens::cue::{Cue, Heard};
use crate::screens::form::Stops;
use crate::screens::problem::{Failure, sign_in_text};
use crate::screens::scene::Scene;
use crate::screens::standing::Seen;
use crate::screens::words;
use crate::screens::{Exported, Text, TextArg, TextKey};
use crate::session::{SessionEnd, SessionState};

/// The state of the account.
#[derive(Default)]
pub(crate) struct AccountScene {
    me: Seen<Customer>,
    /// `None` while it is not known.
    session: Option<SessionState>,
    can: Capabilities,
    reach: Connectivity,
    ended: Option<SessionEnd>,
    /// Counts the people who were shown; an answer to one of before is not taken.
    person: u64,
    form: Option<Form>,
    stops: Stops<AccountField>,
    busy: bool,
    exporting: bool,
    exported: Option<Exported>,
    note: Option<TextKey>,
    failure: Option<Failure<Again>>,
    signing_out: bool,
    /// So many changes were not sent yet, and it is asked what is to become of them.
    unsent: Option<u32>,
}

/// What would do again what went wrong.
#[derive(Debug, Clone, Copy)]
enum Again {
    /// The open form is sent.
    Form,
    Export,
    SignOut(Unsent),
}

/// What the account hears. The number is the person's whom it is about.
pub(crate) enum AccountEvent {
    Refreshed,
    Me(Box<Heard<Update<Customer>>>),
    Session(SessionState),
    Can(Capabilities),
    Reach(Connectivity),
    Ended(u64, Option<SessionEnd>),
    Answered(u64, Result<(), Error>),
    Exported(u64, Result<Exported, Error>),
    SignedOut(u64, Unsent, Result<(), Error>),
}

/// What the account does.
pub(crate) enum AccountEffect {
    Watch,
    WatchSession,
    WatchReach,
    AskCapabilities,
    Refresh,
    LookEnded(u64),
    Ask(u64, Asked),
    Export(u64),
    SignOut(u64, Unsent),
}

impl Scene for AccountScene {
    type Record = Account;
    type Intent = AccountIntent;
    type Event = AccountEvent;
    type Effect = AccountEffect;

    fn opened(&self) -> Vec<AccountEffect> {
        use AccountEffect::{AskCapabilities, Watch, WatchReach, WatchSession};
        vec![Watch, WatchSession, WatchReach, AskCapabilities]
    }

    fn record(&self, _now: Timestamp) -> Account {
        let signed_in = self.is_signed_in();
        let nobody = self.session == Some(SessionState::SignedOut);
        // What was on its way when they signed out may still arrive.
        let me = self.me.value().filter(|_| !nobody);
        Account {
            standing: self.me.standing(self.reach, |_| false),
            profile: me.map(AccountProfile::from),
            can_edit: signed_in && me.is_some() && self.can.profile_change,
            can_change_password: signed_in && self.can.password_change,
            can_delete: signed_in && self.can.account_deletion,
            can_export: signed_in && self.can.data_export,
            edit: match &self.form {
                Some(Form::Profile(form)) => Some(form.shown()),
                _ => None,
            },
            password: match &self.form {
                Some(Form::Password(form)) => Some(form.shown()),
                _ => None,
            },
            deletion: match &self.form {
                Some(Form::Deletion(form)) => Some(form.shown()),
                _ => None,
            },
            fault: self
                .stops
                .fault(|field| self.form.as_ref().is_some_and(|form| form.is_wrong(*field))),
            stops: self.stops.count(),
            busy: self.busy,
            exporting: self.exporting,
            exported: self.exported.clone(),
            note: self.note.map(Text::from),
            problem: Failure::shown(self.failure.as_ref()),
            signing_out: self.signing_out,
            unsent: self.unsent.map(UnsentQuestion::of),
            last_ended: self.ended.as_ref().map(SessionEnded::from),
            done: nobody,
        }
    }

    fn intend(&mut self, intent: AccountIntent) -> Vec<AccountEffect> {
        match intent {
            AccountIntent::Refresh => {
                self.me.ask();
                return vec![AccountEffect::Refresh];
            }
            AccountIntent::Change { field, text } => {
                if let Some(form) = self.form.as_mut().filter(|_| !self.busy) {
                    form.change(field, text);
                }
            }
            AccountIntent::Left { field } => {
                if let Some(form) = &mut self.form {
                    form.left(field);
                }
            }
            AccountIntent::TryAgain => return self.try_again(),
            AccountIntent::Export => return self.export(),
            AccountIntent::ExportTaken => self.exported = None,
            AccountIntent::SignOut => return self.sign_out(Unsent::Ask),
            AccountIntent::KeepUnsent if self.unsent.is_some() => return self.sign_out(Unsent::Keep),
            AccountIntent::DiscardUnsent if self.unsent.is_some() => {
                return self.sign_out(Unsent::Discard);
            }
            AccountIntent::KeepUnsent | AccountIntent::DiscardUnsent => {}
            AccountIntent::Stay => self.unsent = None,
            // What is under way keeps its form.
            _ if self.busy => {}
            AccountIntent::Edit => {
                let form = self.me.value().map(EditProfile::of);
                self.open(|can| can.profile_change, form.map(Box::new).map(Form::Profile));
            }
            AccountIntent::ChangePassword => {
                let form = Form::Password(EditPassword::default());
                self.open(|can| can.password_change, Some(form));
            }
            AccountIntent::Delete => {
                let form = Form::Deletion(Deletion::default());
                self.open(|can| can.account_deletion, Some(form));
            }
            AccountIntent::Submit => return self.submit(),
            AccountIntent::Confirm => {
                let asked = self.form.as_ref().and_then(Form::confirm);
                return asked.map_or_else(Vec::new, |asked| self.send(asked));
            }
            AccountIntent::Close => (self.form, self.failure) = (None, None),
        }
        Vec::new()
    }

    fn hear(&mut self, event: AccountEvent) -> Vec<AccountEffect> {
        match event {
            AccountEvent::Refreshed => self.me.answered(),
            AccountEvent::Me(heard) => {
                let is_over = *heard == Heard::Over;
                self.me.hear(*heard);
                if is_over {
                    return self.next_person();
                }
            }
            AccountEvent::Session(state) => {
                let is_nobody = state == SessionState::SignedOut;
                self.session = Some(state);
                if is_nobody {
                    if self.me.value().is_some() {
                        self.me.hear(Heard::Over);
                    }
                    return self.next_person();
                }
                return vec![AccountEffect::LookEnded(self.person)];
            }
            AccountEvent::Can(can) => self.can = can,
            AccountEvent::Reach(reach) => self.reach = reach,
            AccountEvent::SignedOut(person, unsent, answer) => {
                self.signing_out = false;
                match answer {
                    // What it left is nothing to whoever is here by now.
                    _ if person != self.person => {}
                    Ok(()) => {}
                    Err(Error::Unsent { count }) => self.unsent = Some(count),
                    Err(error) => self.failure = Some(Failure::of(&error, Again::SignOut(unsent))),
                }
            }
            AccountEvent::Ended(person, ended) if person == self.person => self.ended = ended,
            AccountEvent::Answered(person, answer) if person == self.person => self.answered(answer),
            AccountEvent::Exported(person, answer) if person == self.person => {
                self.exporting = false;
                match answer {
                    Ok(exported) => self.exported = Some(exported),
                    Err(error) => self.failure = Some(Failure::of(&error, Again::Export)),
                }
            }
            AccountEvent::Ended(..) | AccountEvent::Answered(..) | AccountEvent::Exported(..) => {}
        }
        Vec::new()
    }

    async fn perform(effect: AccountEffect, cue: Cue<Self>) {
        match effect {
            AccountEffect::Watch => {
                let open = |cue: &Cue<Self>| {
                    let account = cue.account();
                    async move { account.observe_me().await }
                };
                cue.follow(open, |heard| AccountEvent::Me(Box::new(heard))).await;
            }
            AccountEffect::WatchSession => cue.watch(cue.session_states(), AccountEvent::Session).await,
            AccountEffect::WatchReach => cue.watch(cue.connectivity(), AccountEvent::Reach).await,
            AccountEffect::AskCapabilities => cue.capabilities(AccountEvent::Can).await,
            AccountEffect::Refresh => {
                cue.ask_again();
                // What comes of it is observed.
                let _ = cue.account().me(Freshness::NetworkFirst).await;
                cue.tell(AccountEvent::Refreshed);
            }
            AccountEffect::LookEnded(person) => {
                let look = |cue: &Cue<Self>| std::future::ready(cue.account().last_ended());
                if let Ok(ended) = cue.awoken(look).await {
                    cue.tell(AccountEvent::Ended(person, ended));
                }
            }
            AccountEffect::Ask(person, asked) => {
                cue.tell(AccountEvent::Answered(person, ask(&cue, asked).await));
            }
            AccountEffect::Export(person) => {
                let export = |cue: &Cue<Self>| {
                    let account = cue.account();
                    async move { account.export_data().await }
                };
                let answer = cue.awoken(export).await;
                let exported = answer.map(|json| Exported::json("pmi-data", cue.now(), json));
                cue.tell(AccountEvent::Exported(person, exported));
            }
            AccountEffect::SignOut(person, unsent) => {
                // Cut short, it has not happened, or not to its end.
                let sign_out = |cue: &Cue<Self>| {
                    let account = cue.account();
                    async move { account.sign_out(unsent).await.map(drop) }
                };
                cue.tell(AccountEvent::SignedOut(
                    person,
                    unsent,
                    cue.awoken(sign_out).await,
                ));
            }
        }
    }

    fn is_begun(effect: &AccountEffect) -> bool {
        matches!(effect, AccountEffect::Ask(..) | AccountEffect::SignOut(..))
    }
}

/// Once a suspension is over. What one cuts short is said where it may have been done: another try of the same would be refused.
async fn ask(cue: &Cue<AccountScene>, asked: Asked) -> Result<(), Error> {
    cue.awake().await;
    match asked {
        Asked::Profile(change) => {
            let change = |cue: &Cue<AccountScene>| {
                let (account, change) = (cue.account(), change.clone());
                async move { account.change_profile(change).await.map(drop) }
            };
            cue.awoken(change).await
        }
        Asked::Password { current, new } => cue.account().change_password(current, new).await,
        Asked::Deletion(password) => cue.account().delete(password).await,
    }
}

impl AccountScene {
    fn is_signed_in(&self) -> bool {
        self.session.as_ref().is_some_and(SessionState::is_signed_in)
    }

    /// Of whoever it was nothing is left.
    fn next_person(&mut self) -> Vec<AccountEffect> {
        self.person += 1;
        (self.form, self.exported, self.ended) = (None, None, None);
        (self.busy, self.exporting) = (false, false);
        (self.note, self.failure, self.unsent) = (None, None, None);
        vec![AccountEffect::LookEnded(self.person)]
    }

    fn open(&mut self, able: fn(&Capabilities) -> bool, form: Option<Form>) {
        if self.is_signed_in() && able(&self.can) && form.is_some() {
            (self.form, self.note, self.failure) = (form, None, None);
            self.stops.note(None);
        }
    }

    fn submit(&mut self) -> Vec<AccountEffect> {
        let Some(form) = &mut self.form else {
            return Vec::new();
        };
        (self.note, self.failure) = (None, None);
        match form.submit() {
            Sending::NotYet => {
                self.stops.note(form.first_fault());
                Vec::new()
            }
            Sending::Nothing => {
                self.form = None;
                Vec::new()
            }
            Sending::Send(asked) => self.send(asked),
        }
    }

    fn send(&mut self, asked: Asked) -> Vec<AccountEffect> {
        (self.busy, self.failure) = (true, None);
        self.stops.note(None);
        vec![AccountEffect::Ask(self.person, asked)]
    }

    fn try_again(&mut self) -> Vec<AccountEffect> {
        match self.failure.as_ref().map(|failure| failure.again) {
            None => Vec::new(),
            // A deletion asks its question again.
            Some(Again::Form) => self.submit(),
            Some(Again::Export) => self.export(),
            Some(Again::SignOut(unsent)) => self.sign_out(unsent),
        }
    }

    fn answered(&mut self, answer: Result<(), Error>) {
        self.busy = false;
        let Err(error) = answer else {
            self.note = self.form.as_ref().and_then(Form::note);
            self.form = None;
            return;
        };
        let refusing = self.form.as_mut();
        match refusing.and_then(|form| form.refuse(&error).then(|| form.first_fault())) {
            Some(fault) => self.stops.note(fault),
            None => self.failure = Some(Failure::of(&error, Again::Form)),
        }
    }

    fn export(&mut self) -> Vec<AccountEffect> {
        if self.exporting || !self.is_signed_in() || !self.can.data_export {
            return Vec::new();
        }
        (self.exporting, self.failure) = (true, None);
        vec![AccountEffect::Export(self.person)]
    }

    fn sign_out(&mut self, unsent: Unsent) -> Vec<AccountEffect> {
        if self.signing_out || self.session == Some(SessionState::SignedOut) {
            return Vec::new();
        }
        self.signing_out = true;
        (self.unsent, self.failure) = (None, None);
        vec![AccountEffect::SignOut(self.person, unsent)]
    }
}

impl From<&Customer> for AccountProfile {
    fn from(customer: &Customer) -> Self {
        Self {
            name: format!("{} {}", customer.first_name, customer.last_name),
            email: customer.email.clone(),
            phone: customer.phone.clone(),
            address: customer.address.clone(),
            role: words::role(&customer.role),
        }
    }
}

impl From<&SessionEnd> for SessionEnded {
    fn from(ended: &SessionEnd) -> Self {
        Self {
            why: sign_in_text(ended.why).into(),
            at: ended.at,
        }
    }
}

impl UnsentQuestion {
    fn of(count: u32) -> Self {
        let arg = TextArg::Count {
            count: i64::from(count),
        };
        Self {
            count,
            text: Text::with(TextKey::AccountUnsent, arg),
        }
    }
}
