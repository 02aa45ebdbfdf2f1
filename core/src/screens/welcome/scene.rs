//! The state of the beginning.
//!
//! Promised: home is shown only while somebody is signed in (scenario 12); a keyring that is locked is no sign-out (5).

use jiff::Timestamp;

use super::record::{Salvaged, Start, Welcome, WelcomeIntent};
use crate::error::{Error, SignInReason};
use crate::model::{Connectivity, Salvage};
use crate::screens::cue::Cue;
use crate::screens::problem::sign_in_text;
use crate::screens::scene::Scene;
use crate::screens::{Problem, Text, TextArg, TextKey};
use crate::session::SessionState;

/// The state of the beginning.
pub(crate) struct WelcomeScene {
    /// `None` while it is not known.
    session: Option<SessionState>,
    /// Counts the looks; only the last one's answer is taken.
    looks: u64,
    looking: bool,
    looked: Looked,
    problem: Option<Problem>,
    salvage: Option<Salvage>,
    reach: Connectivity,
}

impl Default for WelcomeScene {
    /// It is looked at once when it opens.
    fn default() -> Self {
        Self {
            session: None,
            looks: 0,
            looking: true,
            looked: Looked::default(),
            problem: None,
            salvage: None,
            reach: Connectivity::default(),
        }
    }
}

/// What a look found, beside the session's state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    /// Why somebody is to sign in.
    why: Option<SignInReason>,
    /// So many changes of theirs are not done.
    unsent: u32,
}

/// What it hears.
pub(crate) enum WelcomeEvent {
    Session(SessionState),
    Looked(u64, Result<Looked, Error>),
    /// A write was accepted, or something happened to one.
    OutboxChanged,
    Salvage(Option<Salvage>),
    Reach(Connectivity),
}

/// What it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WelcomeEffect {
    Watch,
    WatchReach,
    WatchOutbox,
    ReadSalvage,
    NoteSalvageSeen,
    /// Look who is signed in.
    Look(u64),
}

impl Scene for WelcomeScene {
    type Record = Welcome;
    type Intent = WelcomeIntent;
    type Event = WelcomeEvent;
    type Effect = WelcomeEffect;

    fn opened(&self) -> Vec<WelcomeEffect> {
        use WelcomeEffect::{Look, ReadSalvage, Watch, WatchOutbox, WatchReach};
        vec![Watch, WatchOutbox, WatchReach, ReadSalvage, Look(self.looks)]
    }

    fn record(&self, _now: Timestamp) -> Welcome {
        let start = match &self.session {
            None | Some(SessionState::Unknown) => Start::Deciding,
            Some(SessionState::Locked) => Start::Unlock,
            Some(SessionState::SignedOut | SessionState::SignInNeeded(_)) => Start::Welcome,
            Some(SessionState::SignedIn | SessionState::Refreshing | SessionState::RefreshUnknown) => {
                Start::Home
            }
        };
        let why = match &self.session {
            Some(SessionState::SignInNeeded(why)) => Some(*why),
            Some(SessionState::SignedOut) => self.looked.why,
            _ => None,
        };
        Welcome {
            start,
            why: why.map(|why| sign_in_text(why).into()),
            unsent: self.unsent().map(|count| counted(TextKey::WelcomeUnsent, count)),
            salvaged: self.salvage.as_ref().map(Salvaged::from),
            banner: Problem::unreachable(self.reach),
            problem: match start {
                Start::Deciding => self.problem.clone(),
                Start::Unlock => Some(Problem::from(&Error::Locked {
                    reason: String::new(),
                })),
                Start::Welcome | Start::Home => None,
            },
            busy: self.looking,
        }
    }

    fn intend(&mut self, intent: WelcomeIntent) -> Vec<WelcomeEffect> {
        match intent {
            WelcomeIntent::TryAgain if self.looking => Vec::new(),
            WelcomeIntent::TryAgain => self.look(),
            WelcomeIntent::SalvageSeen => match self.salvage.take() {
                Some(_) => vec![WelcomeEffect::NoteSalvageSeen],
                None => Vec::new(),
            },
        }
    }

    fn hear(&mut self, event: WelcomeEvent) -> Vec<WelcomeEffect> {
        match event {
            WelcomeEvent::Session(state) => {
                let is_news = self.session.as_ref() != Some(&state);
                let is_over = matches!(state, SessionState::SignedOut | SessionState::SignInNeeded(_));
                self.session = Some(state);
                if is_news && is_over {
                    // Of whoever it was before nothing is said.
                    self.looked = Looked::default();
                    return self.look();
                }
            }
            WelcomeEvent::Looked(look, answer) if look == self.looks => {
                self.looking = false;
                match answer {
                    Ok(looked) => (self.looked, self.problem) = (looked, None),
                    Err(error) => self.problem = Some(Problem::from(&error)),
                }
            }
            WelcomeEvent::Looked(..) => {}
            // What was read before can be looked at, and booked for, after the end of a session too.
            WelcomeEvent::OutboxChanged if matches!(self.session, Some(SessionState::SignInNeeded(_))) => {
                self.looks += 1;
                return vec![WelcomeEffect::Look(self.looks)];
            }
            WelcomeEvent::OutboxChanged => {}
            WelcomeEvent::Salvage(salvage) => self.salvage = salvage,
            WelcomeEvent::Reach(reach) => self.reach = reach,
        }
        Vec::new()
    }

    async fn perform(effect: WelcomeEffect, cue: Cue<Self>) {
        match effect {
            WelcomeEffect::Watch => cue.watch(cue.session_states(), WelcomeEvent::Session).await,
            WelcomeEffect::WatchReach => cue.watch(cue.connectivity(), WelcomeEvent::Reach).await,
            WelcomeEffect::WatchOutbox => {
                cue.watch(cue.outbox_changes(), |_| WelcomeEvent::OutboxChanged)
                    .await;
            }
            WelcomeEffect::ReadSalvage => {
                let read = |cue: &Cue<Self>| std::future::ready(cue.salvage());
                // What cannot be read now is told by the next client.
                if let Ok(salvage) = cue.awoken(read).await {
                    cue.tell(WelcomeEvent::Salvage(salvage));
                }
            }
            WelcomeEffect::NoteSalvageSeen => {
                let note = |cue: &Cue<Self>| std::future::ready(cue.salvage_seen());
                // Told once more at worst.
                let _ = cue.awoken(note).await;
            }
            WelcomeEffect::Look(look) => {
                let answer = cue.awoken(look_now).await;
                if answer != Err(Error::Closed) {
                    cue.tell(WelcomeEvent::Looked(look, answer));
                }
            }
        }
    }

    fn is_begun(effect: &WelcomeEffect) -> bool {
        matches!(effect, WelcomeEffect::NoteSalvageSeen)
    }
}

/// Who is signed in is told by the session's state, which this opens.
fn look_now(cue: &Cue<WelcomeScene>) -> impl Future<Output = Result<Looked, Error>> + Send + use<> {
    let (account, unsent) = (cue.account(), cue.unsent());
    async move {
        account.state().await?;
        let why = match account.role().await {
            Err(Error::SignInNeeded { why }) => Some(why),
            Err(Error::Suspended) => return Err(Error::Suspended),
            // Whose session ended can still be read.
            _ => None,
        };
        Ok(Looked { why, unsent: unsent? })
    }
}

impl WelcomeScene {
    fn look(&mut self) -> Vec<WelcomeEffect> {
        self.looks += 1;
        (self.looking, self.problem) = (true, None);
        vec![WelcomeEffect::Look(self.looks)]
    }

    /// Only of a session that ended by itself, and whose keys are there: whoever signed out knows, and the next person need not.
    fn unsent(&self) -> Option<u32> {
        match self.session {
            Some(SessionState::SignInNeeded(why)) if why != SignInReason::KeysLost => {
                Some(self.looked.unsent).filter(|count| *count > 0)
            }
            _ => None,
        }
    }
}

impl From<&Salvage> for Salvaged {
    fn from(salvage: &Salvage) -> Self {
        let mut lines = vec![TextKey::SalvageFound.into()];
        if salvage.writes_saved > 0 {
            lines.push(counted(TextKey::SalvageSaved, salvage.writes_saved));
        }
        lines.push(match salvage.writes_lost {
            Some(0) => TextKey::SalvageNoneLost.into(),
            Some(count) => counted(TextKey::SalvageLost, count),
            None => TextKey::SalvageLostUnknown.into(),
        });
        lines.push(if salvage.session_kept {
            TextKey::SalvageSessionKept.into()
        } else {
            TextKey::SalvageSessionLost.into()
        });
        Self {
            at: salvage.at,
            lines,
        }
    }
}

fn counted(key: TextKey, count: u32) -> Text {
    let count = i64::from(count);
    Text::with(key, TextArg::Count { count })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{OfflineReason, StorageFault};
    use crate::screens::Remedy;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn after(state: SessionState) -> WelcomeScene {
        let mut scene = WelcomeScene::default();
        scene.hear(WelcomeEvent::Looked(0, Ok(Looked::default())));
        scene.hear(WelcomeEvent::Session(state));
        scene
    }

    fn salvage(writes_saved: u32, writes_lost: Option<u32>, session_kept: bool) -> Salvage {
        Salvage {
            at: NOW,
            writes_saved,
            writes_lost,
            session_kept,
        }
    }

    #[test]
    fn s12_home_is_shown_to_somebody_only() {
        use SessionState::{Locked, RefreshUnknown, Refreshing, SignInNeeded, SignedIn, SignedOut, Unknown};
        let first = WelcomeScene::default().record(NOW);
        assert_eq!((first.start, first.busy), (Start::Deciding, true));
        for (state, start) in [
            (Unknown, Start::Deciding),
            (SignedIn, Start::Home),
            (Refreshing, Start::Home),
            (RefreshUnknown, Start::Home),
            (Locked, Start::Unlock),
            (SignedOut, Start::Welcome),
            (SignInNeeded(SignInReason::SessionExpired), Start::Welcome),
        ] {
            assert_eq!(after(state.clone()).record(NOW).start, start, "{state:?}");
        }
    }

    #[test]
    fn s09_a_session_that_ended_says_why_and_what_waits() {
        let mut scene = after(SessionState::SignInNeeded(SignInReason::SessionExpired));
        let shown = scene.record(NOW);
        assert_eq!(shown.why, Some(TextKey::SignInExpired.into()));
        assert_eq!(shown.unsent, None, "not counted yet");
        let looked = Looked { why: None, unsent: 2 };
        scene.hear(WelcomeEvent::Looked(1, Ok(looked)));
        let shown = scene.record(NOW);
        assert_eq!(shown.unsent, Some(counted(TextKey::WelcomeUnsent, 2)));
        assert_eq!(shown.why, Some(TextKey::SignInExpired.into()));

        // Booked from what was read before.
        let effects = scene.hear(WelcomeEvent::OutboxChanged);
        assert_eq!(effects, [WelcomeEffect::Look(2)]);
        let looked = Looked { why: None, unsent: 3 };
        scene.hear(WelcomeEvent::Looked(2, Ok(looked)));
        assert_eq!(scene.record(NOW).unsent, Some(counted(TextKey::WelcomeUnsent, 3)));
        scene.hear(WelcomeEvent::Session(SessionState::SignedIn));
        let shown = scene.record(NOW);
        assert_eq!((shown.start, shown.why, shown.unsent), (Start::Home, None, None));
        assert!(scene.hear(WelcomeEvent::OutboxChanged).is_empty());
    }

    #[test]
    fn s26_of_who_signed_out_nothing_is_said_to_the_next() {
        let mut scene = after(SessionState::SignInNeeded(SignInReason::SessionRevoked));
        scene.hear(WelcomeEvent::Looked(1, Ok(Looked { why: None, unsent: 3 })));
        let effects = scene.hear(WelcomeEvent::Session(SessionState::SignedOut));
        assert_eq!(effects, [WelcomeEffect::Look(2)]);
        let why = Some(SignInReason::SignedOut);
        scene.hear(WelcomeEvent::Looked(2, Ok(Looked { why, unsent: 3 })));
        let shown = scene.record(NOW);
        assert_eq!(shown.unsent, None);
        assert_eq!(shown.why, Some(TextKey::SignInSignedOut.into()));
        scene.hear(WelcomeEvent::Looked(1, Err(Error::Suspended)));
        assert_eq!(scene.record(NOW), shown, "an answer of before is not taken");
    }

    #[test]
    fn s05_a_locked_keyring_asks_to_be_unlocked_and_is_looked_at_again_once() {
        let mut scene = after(SessionState::Locked);
        let shown = scene.record(NOW);
        assert_eq!(shown.problem.map(|problem| problem.remedy), Some(Remedy::Unlock));
        assert_eq!(scene.intend(WelcomeIntent::TryAgain), [WelcomeEffect::Look(1)]);
        assert!(scene.record(NOW).busy);
        assert!(scene.intend(WelcomeIntent::TryAgain).is_empty());
        scene.hear(WelcomeEvent::Looked(1, Ok(Looked::default())));
        assert!(!scene.record(NOW).busy);
    }

    #[test]
    fn a_disk_that_fails_is_a_problem_and_no_sign_out() {
        let mut scene = WelcomeScene::default();
        let error = Error::Storage {
            why: StorageFault::Full,
            reason: String::new(),
        };
        scene.hear(WelcomeEvent::Looked(0, Err(error)));
        let shown = scene.record(NOW);
        assert_eq!(shown.start, Start::Deciding);
        assert_eq!(
            shown.problem.map(|problem| problem.remedy),
            Some(Remedy::FreeSpace)
        );
        scene.intend(WelcomeIntent::TryAgain);
        assert_eq!(scene.record(NOW).problem, None);
    }

    #[test]
    fn s27_a_banner_says_that_the_server_cannot_be_reached() {
        let mut scene = after(SessionState::SignedIn);
        assert_eq!(scene.record(NOW).banner, None);
        let why = OfflineReason::Dns;
        for (reach, remedy) in [
            (Connectivity::Offline { why }, Some(Remedy::Retry)),
            (Connectivity::CaptivePortal, Some(Remedy::OpenBrowser)),
            (Connectivity::Online, None),
        ] {
            scene.hear(WelcomeEvent::Reach(reach));
            let banner = scene.record(NOW).banner;
            assert_eq!(banner.map(|problem| problem.remedy), remedy);
        }
    }

    #[test]
    fn s32_what_was_saved_and_lost_is_told_until_it_was_seen() {
        use TextKey::{
            SalvageFound, SalvageLost, SalvageLostUnknown, SalvageNoneLost, SalvageSaved, SalvageSessionKept,
            SalvageSessionLost,
        };
        for (salvage, told) in [
            (
                salvage(2, Some(0), true),
                vec![SalvageFound, SalvageSaved, SalvageNoneLost, SalvageSessionKept],
            ),
            (
                salvage(0, Some(3), false),
                vec![SalvageFound, SalvageLost, SalvageSessionLost],
            ),
            (
                salvage(0, None, false),
                vec![SalvageFound, SalvageLostUnknown, SalvageSessionLost],
            ),
        ] {
            let mut scene = WelcomeScene::default();
            assert!(scene.intend(WelcomeIntent::SalvageSeen).is_empty());
            scene.hear(WelcomeEvent::Salvage(Some(salvage)));
            let shown = scene.record(NOW).salvaged.expect("told");
            let keys: Vec<TextKey> = shown.lines.iter().map(|line| line.key).collect();
            assert_eq!(keys, told);
            assert_eq!(
                scene.intend(WelcomeIntent::SalvageSeen),
                [WelcomeEffect::NoteSalvageSeen]
            );
            assert_eq!(scene.record(NOW).salvaged, None);
            assert!(scene.intend(WelcomeIntent::SalvageSeen).is_empty(), "once");
        }
    }
}
