//! Which calls below which folder fail.

use std::ffi::{CStr, c_int};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::call::{Call, Code};
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
        let aim = state.aim?;
        let answer = aim.code.of(call)?;
        if number < aim.at || (!aim.lasting && !state.hits.is_empty()) {
            return None;
        }
        state.hits.push((number, call));
        Some(answer)
    }

    /// See [`Faults::hurry`].
    pub(super) fn is_hurried(&self) -> bool {
        self.state().hurried
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
