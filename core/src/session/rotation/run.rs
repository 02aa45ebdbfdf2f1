//! One refresh, from its first look at the disk to its end: what to do next, given what came of what was done before. Pure: the
//! hands that do it are [`super::super::rotate`]'s, and the random schedules'.

use std::time::Duration;

use super::super::link::PROBE_TOTAL;
use super::machine::{Effect, Event, Pair, next};
use crate::store::{Journal, Spends, Written};

/// How long the right to refresh lasts. Longer than everything that is done between two looks at it.
pub(in crate::session) const LEASE: Duration = Duration::from_secs(55);

/// How long the request may take, all its tries together, those in the server's other dialect too. A probe of the network may come
/// before it.
pub(in crate::session) const REQUEST: Duration = Duration::from_secs(35);

/// Two writes of the durable file lie between the two looks at the lease, each waiting for another process's 5 s at most.
const WRITES: Duration = Duration::from_secs(10);
const _: () = assert!(
    REQUEST.as_millis() + PROBE_TOTAL.as_millis() + WRITES.as_millis() < LEASE.as_millis(),
    "a request ends before its lease"
);

/// Who waits for another process looks this often whether it is done.
const POLL: Duration = Duration::from_millis(50);

/// How long it waits in all: longer than any lease.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often one refresh may lose its lease and begin anew.
const TURNS: u32 = 4;

/// What it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) enum Goal {
    /// A pair newer than the one that was seen, whoever makes it.
    Renew,
    /// A pair of this run's own making, by another request that replaces the pair (a changed password).
    Replace,
}

/// What the disk says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) struct OnDisk {
    pub(in crate::session) generation: i64,
    pub(in crate::session) pair: Pair,
    pub(in crate::session) journal: Journal,
}

/// What came of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) enum Came {
    Granted,
    NotApplied,
    Lost,
    Refused,
    /// The lease was another's when it was about to be written.
    Withheld,
}

/// What came of what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) enum Input {
    /// The lease is had; or another has it, for so long at most.
    Lease(Option<Duration>),
    Disk(Option<OnDisk>),
    Waited,
    Written(Written),
    Came(Came),
    Released,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) enum Action {
    TakeLease,
    Look,
    Wait(Duration),
    /// Write the journal.
    Write(Journal),
    /// Send the request, unless the lease is another's by then.
    Send(Spends),
    /// Save the granted pair and clear the journal, in one.
    Save(Spends),
    /// End the session on disk.
    End,
    /// Give the lease back.
    Release,
    Done(Done),
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::session) enum Done {
    /// The granted pair is on disk.
    Granted,
    /// A newer pair was on disk already.
    Found,
    /// There is no session on disk any more.
    Gone,
    /// As the request's failure says.
    Failed,
    /// The server said no for good.
    Ended,
    /// Others refresh, again and again.
    Busy,
    /// An input that cannot follow what was done: a defect of the hands.
    Misled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Asking,
    Watching(Duration),
    Waiting,
    Looking,
    Intending(Spends),
    Sending,
    Saving,
    Settling,
    Ending,
    Releasing(Done),
    Over,
}

/// One refresh under way.
#[derive(Debug, Clone, Copy)]
pub(in crate::session) struct Run {
    goal: Goal,
    /// The generation that is to be replaced.
    seen: i64,
    stage: Stage,
    pair: Pair,
    journal: Journal,
    waited: Duration,
    turns: u32,
    /// A pair was granted and could not be saved yet. Another refresh token gives the same again; another password does not: all
    /// sessions but this pair's have ended, so it is not given up while there is one to save it in.
    granted: bool,
}

impl Run {
    /// Begins, for one who has seen this generation.
    pub(in crate::session) fn begin(goal: Goal, seen: i64) -> (Self, Action) {
        let run = Self {
            goal,
            seen,
            stage: Stage::Asking,
            pair: Pair {
                proven: true,
                has_previous: false,
            },
            journal: Journal::Clear,
            waited: Duration::ZERO,
            turns: 0,
            granted: false,
        };
        (run, Action::TakeLease)
    }

    /// The generation whose tokens are spent; what is granted is the next one.
    pub(in crate::session) fn generation(&self) -> i64 {
        self.seen
    }

    /// What is known of the spending, as it was last written or is about to be.
    pub(in crate::session) fn journal(&self) -> Journal {
        self.journal
    }

    /// Where it stands, in a word.
    #[cfg(test)]
    pub(super) fn stage_name(&self) -> &'static str {
        match self.stage {
            Stage::Asking => "asking",
            Stage::Watching(_) => "watching",
            Stage::Waiting => "waiting",
            Stage::Looking => "looking",
            Stage::Intending(_) => "intending",
            Stage::Sending => "sending",
            Stage::Saving => "saving",
            Stage::Settling => "settling",
            Stage::Ending => "ending",
            Stage::Releasing(_) => "releasing",
            Stage::Over => "over",
        }
    }

    /// What to do next.
    pub(in crate::session) fn step(mut self, input: Input) -> (Self, Action) {
        match (self.stage, input) {
            (Stage::Asking, Input::Disk(None)) => self.done(Done::Gone),
            (Stage::Asking, Input::Lease(None)) => self.to(Stage::Looking, Action::Look),
            (Stage::Asking, Input::Lease(Some(left))) => self.to(Stage::Watching(left), Action::Look),
            (Stage::Watching(left), Input::Disk(disk)) => match disk {
                None => self.done(Done::Gone),
                Some(disk) if self.is_enough(&disk) => self.done(Done::Found),
                Some(_) if self.waited >= PATIENCE && !self.granted => self.done(Done::Busy),
                Some(_) => {
                    let wait = POLL.min(left);
                    self.waited += wait;
                    self.to(Stage::Waiting, Action::Wait(wait))
                }
            },
            (Stage::Waiting, Input::Waited) => self.to(Stage::Asking, Action::TakeLease),
            (Stage::Looking, Input::Disk(disk)) => match disk {
                None => self.release(Done::Gone),
                Some(disk) if self.is_enough(&disk) => self.release(Done::Found),
                Some(disk) => {
                    (self.seen, self.pair) = (disk.generation, disk.pair);
                    if self.granted {
                        return self.to(Stage::Saving, Action::Save(Spends::Newest));
                    }
                    match next(disk.journal, self.pair, Event::Begin) {
                        Some((journal, Effect::Send(spends))) => self.intend(journal, spends),
                        _ => self.done(Done::Misled),
                    }
                }
            },
            (Stage::Intending(spends), Input::Written(Written::Done)) => {
                self.to(Stage::Sending, Action::Send(spends))
            }
            (Stage::Sending, Input::Came(Came::Withheld))
            | (Stage::Intending(_) | Stage::Saving | Stage::Ending, Input::Written(Written::LeaseLost)) => {
                self.again()
            }
            (Stage::Sending, Input::Came(came)) => self.judge(came),
            (Stage::Saving, Input::Written(Written::Done)) => self.release(Done::Granted),
            (Stage::Ending, Input::Written(Written::Done)) => self.release(Done::Ended),
            (Stage::Intending(_) | Stage::Saving | Stage::Ending, Input::Written(_)) => {
                self.to(Stage::Looking, Action::Look)
            }
            // Whoever took over knows by the row it found that a try may have been made.
            (Stage::Settling, Input::Written(_)) => self.release(Done::Failed),
            (Stage::Releasing(done), Input::Released) => self.done(done),
            _ => self.done(Done::Misled),
        }
    }

    fn is_enough(&self, disk: &OnDisk) -> bool {
        self.goal == Goal::Renew && disk.generation > self.seen
    }

    fn intend(self, journal: Journal, spends: Spends) -> (Self, Action) {
        Self { journal, ..self }.to(Stage::Intending(spends), Action::Write(journal))
    }

    fn judge(mut self, came: Came) -> (Self, Action) {
        let event = match came {
            Came::Granted => Event::Granted,
            Came::NotApplied | Came::Withheld => Event::NotApplied,
            Came::Lost => Event::Lost,
            Came::Refused => Event::Refused,
        };
        let Some((journal, effect)) = next(self.journal, self.pair, event) else {
            return self.done(Done::Misled);
        };
        self.journal = journal;
        match effect {
            Effect::Send(spends) => self.intend(journal, spends),
            Effect::Save(spent) => {
                self.granted = self.goal == Goal::Replace;
                self.to(Stage::Saving, Action::Save(spent))
            }
            Effect::End => self.to(Stage::Ending, Action::End),
            Effect::Rest => self.to(Stage::Settling, Action::Write(journal)),
        }
    }

    /// The lease is another's: looks what that one makes of it.
    fn again(mut self) -> (Self, Action) {
        self.turns += 1;
        if self.turns >= TURNS && !self.granted {
            return self.done(Done::Busy);
        }
        self.to(Stage::Asking, Action::TakeLease)
    }

    fn release(self, done: Done) -> (Self, Action) {
        self.to(Stage::Releasing(done), Action::Release)
    }

    fn done(self, done: Done) -> (Self, Action) {
        self.to(Stage::Over, Action::Done(done))
    }

    fn to(mut self, stage: Stage, action: Action) -> (Self, Action) {
        self.stage = stage;
        (self, action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s06_a_request_ends_before_its_lease_and_who_waits_outlasts_both() {
        assert!(REQUEST + PROBE_TOTAL + WRITES < LEASE);
        assert!(LEASE < PATIENCE);
    }

    fn disk(generation: i64, journal: Journal) -> Input {
        let pair = Pair {
            proven: true,
            has_previous: false,
        };
        Input::Disk(Some(OnDisk {
            generation,
            pair,
            journal,
        }))
    }

    fn walk(mut run: Run, inputs: &[Input]) -> (Run, Action) {
        let mut action = Action::TakeLease;
        for input in inputs {
            (run, action) = run.step(*input);
        }
        (run, action)
    }

    #[test]
    fn s06_who_waits_adopts_a_newer_pair_and_asks_nobody() {
        let (run, _) = Run::begin(Goal::Renew, 4);
        let elsewhere = Input::Lease(Some(Duration::from_secs(30)));
        let (run, action) = walk(run, &[elsewhere, disk(4, Journal::Clear)]);
        assert_eq!(action, Action::Wait(POLL));
        let (_, action) = walk(run, &[Input::Waited, elsewhere, disk(5, Journal::Clear)]);
        assert_eq!(action, Action::Done(Done::Found));
    }

    #[test]
    fn s06_who_lost_the_lease_while_saving_looks_what_the_other_made_of_it() {
        let (run, _) = Run::begin(Goal::Renew, 4);
        let done = Input::Written(Written::Done);
        let (run, action) = walk(run, &[Input::Lease(None), disk(4, Journal::Clear), done]);
        assert_eq!(action, Action::Send(Spends::Newest));
        let lost = Input::Written(Written::LeaseLost);
        let (run, action) = walk(run, &[Input::Came(Came::Granted), lost]);
        assert_eq!(action, Action::TakeLease);
        let (_, action) = walk(
            run,
            &[Input::Lease(None), disk(5, Journal::Clear), Input::Released],
        );
        assert_eq!(action, Action::Done(Done::Found));
    }

    #[test]
    fn a_changed_password_is_saved_under_another_lease_and_not_changed_twice() {
        let (run, _) = Run::begin(Goal::Replace, 4);
        let done = Input::Written(Written::Done);
        let (run, _) = walk(run, &[Input::Lease(None), disk(6, Journal::Clear), done]);
        let lost = Input::Written(Written::LeaseLost);
        let (run, _) = walk(run, &[Input::Came(Came::Granted), lost]);
        let (run, action) = walk(run, &[Input::Lease(None), disk(7, Journal::Clear)]);
        assert_eq!(action, Action::Save(Spends::Newest));
        assert_eq!(run.generation(), 7);
    }

    #[test]
    fn the_pair_of_a_changed_password_is_not_given_up_however_often_and_long_others_have_the_lease() {
        let (run, _) = Run::begin(Goal::Replace, 4);
        let done = Input::Written(Written::Done);
        let (run, _) = walk(run, &[Input::Lease(None), disk(4, Journal::Clear), done]);
        let (mut run, mut action) = run.step(Input::Came(Came::Granted));
        for _ in 0..2 * TURNS {
            assert_eq!(action, Action::Save(Spends::Newest));
            (run, action) = run.step(Input::Written(Written::LeaseLost));
            let elsewhere = Input::Lease(Some(LEASE));
            let mut waited = Duration::ZERO;
            while waited < 2 * PATIENCE {
                assert_eq!(action, Action::TakeLease);
                (run, action) = walk(run, &[elsewhere, disk(4, Journal::Clear)]);
                assert_eq!(action, Action::Wait(POLL));
                waited += POLL;
                (run, action) = run.step(Input::Waited);
            }
            (run, action) = walk(run, &[Input::Lease(None), disk(4, Journal::Clear)]);
        }
    }

    #[test]
    fn what_cannot_follow_ends_the_run() {
        let (run, _) = Run::begin(Goal::Renew, 4);
        let (_, action) = run.step(Input::Waited);
        assert_eq!(action, Action::Done(Done::Misled));
    }
}
