//! How many exchanges with a server are under way, and who is next.
//!
//! Promises: no more than the server's places are taken; what a person waits for goes before what was promised, and that
//! before background work, which never has more than half of the places; whoever has waited for ten seconds goes first, so
//! nobody waits for ever. Where there are two places or more, one is only ever a person's. Dropping a [`Ticket`], or the future that waits for one, frees its place. The order is a pure value
//! ([`Line`]); this file's other half wakes those whose turn it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::api::Priority;
use crate::ports::Clock;

/// After this long whoever waits goes first.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who stands in line, and who is through.
#[derive(Debug, Default)]
pub(super) struct Line {
    running: Vec<(u64, Priority)>,
    waiting: Vec<Waiting>,
    last: u64,
    /// One at a time, whatever there is of places.
    is_narrow: bool,
}

#[derive(Debug)]
struct Waiting {
    id: u64,
    priority: Priority,
    since: Duration,
    places: usize,
}

impl Line {
    /// Stands at the end of the line.
    fn join(&mut self, priority: Priority, places: usize, now: Duration) -> u64 {
        self.last += 1;
        self.waiting.push(Waiting {
            id: self.last,
            priority,
            since: now,
            places,
        });
        self.last
    }

    /// Goes past the line.
    fn pass(&mut self, priority: Priority) -> u64 {
        self.last += 1;
        self.running.push((self.last, priority));
        self.last
    }

    /// Leaves the line, or the place.
    fn leave(&mut self, id: u64) {
        self.running.retain(|(running, _)| *running != id);
        self.waiting.retain(|waiting| waiting.id != id);
    }

    /// Lets through whoever may go now, in their order.
    fn admit(&mut self, now: Duration) -> Vec<u64> {
        let mut through = Vec::new();
        while let Some(at) = self.next(now) {
            let next = self.waiting.remove(at);
            self.running.push((next.id, next.priority));
            through.push(next.id);
        }
        through
    }

    fn next(&self, now: Duration) -> Option<usize> {
        let is_aged = |waiting: &Waiting| now.saturating_sub(waiting.since) >= PATIENCE;
        let fits = |waiting: &Waiting| {
            let places = if self.is_narrow { 1 } else { waiting.places.max(1) };
            let running = |which: &dyn Fn(Priority) -> bool| {
                let alike = self.running.iter().filter(|(_, priority)| which(*priority));
                alike.count()
            };
            let has_room = match waiting.priority {
                Priority::Person => true,
                // However long it has waited: what a person asks for next is not to wait for it.
                Priority::Promised | Priority::Background => {
                    running(&|priority| priority != Priority::Person) < (places - 1).max(1)
                }
            };
            let has_share = waiting.priority != Priority::Background
                || is_aged(waiting)
                || running(&|priority| priority == Priority::Background) < (places / 2).max(1);
            self.running.len() < places && has_room && has_share
        };
        (0..self.waiting.len())
            .filter(|at| fits(&self.waiting[*at]))
            .max_by_key(|at| {
                let waiting = &self.waiting[*at];
                let aged = is_aged(waiting);
                let priority = (!aged).then_some(waiting.priority);
                (aged, priority, std::cmp::Reverse(waiting.id))
            })
    }
}

/// The gate to one server. Clones are one gate.
#[derive(Clone)]
pub(super) struct Gate(Arc<Inner>);

struct Inner {
    state: Mutex<State>,
    clock: Arc<dyn Clock>,
}

#[derive(Default)]
struct State {
    line: Line,
    wakes: HashMap<u64, oneshot::Sender<()>>,
}

/// A place, or one's place in the line.
pub(super) struct Ticket {
    gate: Gate,
    id: u64,
}

/// What [`Gate::enter`] gives.
pub(super) enum Entered {
    In(Ticket),
    /// It is told when it is in.
    Later(Ticket, oneshot::Receiver<()>),
}

impl Gate {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner {
            state: Mutex::default(),
            clock,
        }))
    }

    pub(super) fn enter(&self, priority: Priority, places: usize) -> Entered {
        let now = self.0.clock.elapsed();
        let mut state = self.state();
        let id = state.line.join(priority, places, now);
        let ticket = Ticket {
            gate: self.clone(),
            id,
        };
        let (wake, woken) = oneshot::channel();
        state.wakes.insert(id, wake);
        let through = wakes(&mut state, now);
        drop(state);
        let is_in = through.iter().any(|(other, _)| *other == id);
        tell(through);
        if is_in {
            Entered::In(ticket)
        } else {
            Entered::Later(ticket, woken)
        }
    }

    /// Takes a place, whether there is one or not.
    pub(super) fn pass(&self, priority: Priority) -> Ticket {
        let id = self.state().line.pass(priority);
        Ticket {
            gate: self.clone(),
            id,
        }
    }

    /// One at a time, or as many as there are places again.
    pub(super) fn narrow(&self, narrow: bool) {
        let now = self.0.clock.elapsed();
        let mut state = self.state();
        if std::mem::replace(&mut state.line.is_narrow, narrow) == narrow {
            return;
        }
        let through = wakes(&mut state, now);
        drop(state);
        tell(through);
    }

    /// How many are through.
    pub(super) fn running(&self) -> usize {
        self.state().line.running.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let now = self.gate.0.clock.elapsed();
        let mut state = self.gate.state();
        state.line.leave(self.id);
        state.wakes.remove(&self.id);
        let through = wakes(&mut state, now);
        drop(state);
        tell(through);
    }
}

/// Those who are let through now, and how to tell them; to be told under no lock.
fn wakes(state: &mut State, now: Duration) -> Vec<(u64, oneshot::Sender<()>)> {
    let through = state.line.admit(now);
    through
        .into_iter()
        .filter_map(|id| Some((id, state.wakes.remove(&id)?)))
        .collect()
}

fn tell(through: Vec<(u64, oneshot::Sender<()>)>) {
    for (_, wake) in through {
        // One that is gone by now leaves by its ticket.
        let _ = wake.send(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::fakes::ManualClock;
    use Priority::{Background, Person, Promised};

    const NOW: Duration = Duration::from_secs(1000);

    /// Places, who is through, who waits and for how long, and who is let in.
    type Row = (
        usize,
        &'static [Priority],
        &'static [(Priority, u64)],
        &'static [u64],
    );

    /// Who is through, by their number in the order of joining.
    fn through(places: usize, running: &[Priority], waiting: &[(Priority, u64)]) -> Vec<u64> {
        let mut line = Line::default();
        for priority in running {
            line.pass(*priority);
        }
        for (priority, waited) in waiting {
            line.join(*priority, places, NOW - Duration::from_secs(*waited));
        }
        let first = running.len() as u64;
        line.admit(NOW).into_iter().map(|id| id - first).collect()
    }

    #[test]
    fn who_is_let_through_and_in_which_order() {
        #[rustfmt::skip]
        let table: [Row; 19] = [
            (2, &[], &[(Person, 0), (Person, 0), (Person, 0)], &[1, 2]),
            (2, &[], &[(Background, 0), (Promised, 0), (Person, 0)], &[3, 2]),
            (6, &[], &[(Background, 0), (Promised, 0), (Person, 0)], &[3, 2, 1]),
            (2, &[Person, Person], &[(Person, 0)], &[]),
            (2, &[Person], &[(Background, 0), (Person, 0)], &[2]),
            // The last place is a person's.
            (2, &[Promised], &[(Promised, 0)], &[]),
            (2, &[Background], &[(Background, 0)], &[]),
            (2, &[Background], &[(Background, 0), (Person, 0)], &[2]),
            (6, &[], &[(Background, 0); 7], &[1, 2, 3]),
            (6, &[], &[(Promised, 0); 7], &[1, 2, 3, 4, 5]),
            (2, &[Background], &[(Promised, 0)], &[]),
            (6, &[Background, Background, Background], &[(Promised, 0); 4], &[1, 2]),
            // Nobody waits for ever.
            (2, &[Person], &[(Background, 9), (Person, 0)], &[2]),
            (2, &[Person], &[(Background, 10), (Person, 0)], &[1]),
            // But never so that no place is left for a person.
            (2, &[Background], &[(Background, 10)], &[]),
            (6, &[], &[(Background, 10); 7], &[1, 2, 3, 4, 5]),
            (6, &[Promised, Promised], &[(Background, 10); 7], &[1, 2, 3]),
            (1, &[], &[(Background, 10), (Person, 0)], &[1]),
            // Whoever passed the line still takes a place.
            (2, &[Person, Person, Person], &[(Background, 99)], &[]),
        ];
        for (places, running, waiting, expected) in table {
            assert_eq!(
                through(places, running, waiting),
                expected,
                "{places} {running:?} {waiting:?}"
            );
        }
    }

    #[test]
    fn a_narrow_gate_lets_one_through_at_a_time() {
        let mut line = Line {
            is_narrow: true,
            ..Line::default()
        };
        for _ in 0..3 {
            line.join(Person, 6, NOW);
        }
        assert_eq!(line.admit(NOW), [1]);
        line.leave(1);
        assert_eq!(line.admit(NOW), [2]);
        line.is_narrow = false;
        assert_eq!(line.admit(NOW), [3]);
    }

    #[test]
    fn a_ticket_that_is_dropped_frees_its_place_waited_for_or_taken() {
        let clock = ManualClock::new();
        let gate = Gate::new(Arc::new(clock.clone()));
        let Entered::In(first) = gate.enter(Person, 1) else {
            panic!("there was a place");
        };
        let Entered::Later(second, _) = gate.enter(Person, 1) else {
            panic!("there was none");
        };
        let Entered::Later(third, mut woken) = gate.enter(Background, 1) else {
            panic!("there was none");
        };
        drop(second);
        assert!(woken.try_recv().is_err());
        drop(first);
        assert!(woken.try_recv().is_ok());
        assert_eq!(gate.running(), 1);
        drop(third);
        assert_eq!(gate.running(), 0);
    }
}
