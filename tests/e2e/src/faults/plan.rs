//! Which calls below which folder fail.

use std::ffi::{CStr, c_int};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call::{Call, Code};
use super::power::{Cut, Left, Power};
use super::vfs;

/// The faults of one folder; they end with it.
pub struct Faults {
    folder: PathBuf,
    plan: Arc<Plan>,
}

/// What is to happen below a folder.
#[derive(Default)]
pub(super) struct Plan(Mutex<State>);

#[derive(Default)]
struct State {
    /// Since it was last armed.
    calls: usize,
    aim: Option<Aim>,
    /// What failed, with its number.
    hits: Vec<(usize, Call)>,
    hurried: bool,
    power: Option<Power>,
}

#[derive(Clone, Copy)]
struct Aim {
    at: usize,
    code: Code,
    lasting: bool,
}

static PLANS: Mutex<Vec<(PathBuf, Arc<Plan>)>> = Mutex::new(Vec::new());

fn plans() -> MutexGuard<'static, Vec<(PathBuf, Arc<Plan>)>> {
    PLANS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Faults {
    /// Watches the files below this folder that are opened from now on.
    ///
    /// # Panics
    /// If there is no such folder.
    #[must_use]
    pub fn under(folder: &Path) -> Self {
        vfs::install();
        let folder = folder.canonicalize().expect("a folder");
        let plan = Arc::new(Plan::default());
        plans().push((folder.clone(), Arc::clone(&plan)));
        Self { folder, plan }
    }

    /// From now on calls are counted, from 1, and the first one from number `at` on that can fail so does; with `lasting`, every
    /// one from there on.
    pub fn arm(&self, at: usize, code: Code, lasting: bool) {
        *self.plan.state() = State {
            aim: Some(Aim { at, code, lasting }),
            ..State::default()
        };
    }

    /// The power is cut, for the files that are opened from now on: what was not synced by then is not on the disk, and every
    /// call fails until [`Faults::power_returns`].
    pub fn cut_power(&self, cut: Cut) {
        *self.plan.state() = State {
            power: Some(Power::until(cut)),
            ..State::default()
        };
    }

    /// The files, which nobody has open any more, are as the cut left them; `None` if it was not cut.
    ///
    /// # Panics
    /// If they cannot be written.
    #[must_use]
    pub fn power_returns(&self, left: Left) -> Option<()> {
        let power = std::mem::take(&mut *self.plan.state()).power;
        let power = power.filter(Power::is_cut)?;
        power.leave(left);
        Some(())
    }

    /// From now on who waits for another's lock waits as often as ever, but no time.
    pub fn hurry(&self) {
        self.plan.state().hurried = true;
    }

    /// Nothing fails from now on. What failed since it was armed.
    #[must_use]
    pub fn mend(&self) -> Vec<(usize, Call)> {
        std::mem::take(&mut *self.plan.state()).hits
    }

    /// How many calls there were since it was armed or mended.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.plan.state().calls
    }
}

impl Drop for Faults {
    fn drop(&mut self) {
        plans().retain(|(folder, _)| *folder != self.folder);
    }
}

impl Plan {
    /// The plan for this file.
    pub(super) fn of(file: &CStr) -> Option<Arc<Self>> {
        let file = Path::new(file.to_str().ok()?);
        let plans = plans();
        let found = plans.iter().find(|(folder, _)| file.starts_with(folder));
        found.map(|(_, plan)| Arc::clone(plan))
    }

    /// How this call is to fail.
    pub(super) fn fault(&self, call: Call) -> Option<c_int> {
        let mut state = self.state();
        state.calls += 1;
        let number = state.calls;
        if state.power.as_ref().is_some_and(Power::is_cut) {
            return Code::IoErr.of(call);
        }
        let aim = state.aim?;
        let answer = aim.code.of(call)?;
        if number < aim.at || (!aim.lasting && !state.hits.is_empty()) {
            return None;
        }
        state.hits.push((number, call));
        Some(answer)
    }

    /// Tells the power of what is done to a file, if it may be cut.
    pub(super) fn tell<T>(&self, what: impl FnOnce(&mut Power) -> T) -> Option<T> {
        self.state().power.as_mut().map(what)
    }

    /// See [`Faults::hurry`].
    pub(super) fn is_hurried(&self) -> bool {
        self.state().hurried
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
