//! A device that runs as a process: told what to do a line at a time, and never left behind.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use super::steps::Step;

/// A running `device`.
pub struct Program {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Program {
    /// Starts it.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start(program: &str, args: &[&OsStr]) -> Self {
        let mut child = Command::new(program)
            .args(args)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().expect("piped"));
        Self { child, stdin, stdout }
    }

    /// Tells it what to do next. One that is dead does not hear it.
    pub fn tell(&mut self, what: &str) {
        if let Some(stdin) = &mut self.stdin {
            let _ = writeln!(stdin, "{what}");
        }
    }

    /// The next line it says.
    ///
    /// # Panics
    /// If it ends before.
    #[track_caller]
    pub fn says(&mut self) -> String {
        let mut line = String::new();
        let read = self.stdout.read_line(&mut line).expect("UTF-8");
        assert!(read > 0, "it ended without a word: {:?}", self.child.wait());
        line.trim_end().to_owned()
    }

    /// Tells it what to do, and what it says to that.
    ///
    /// # Panics
    /// If it ends before.
    #[track_caller]
    pub fn ask(&mut self, what: &str) -> String {
        self.tell(what);
        self.says()
    }

    /// The steps it has taken so far.
    ///
    /// # Panics
    /// If it ends before.
    #[track_caller]
    pub fn steps(&mut self) -> Vec<Step> {
        let count: usize = self.ask("steps").parse().expect("a number");
        let step = |line: String| {
            let (commits, name) = line.split_once(' ').expect("a number and a name");
            Step {
                name: name.to_owned(),
                commits: commits.parse().expect("a number"),
            }
        };
        (0..count).map(|_| step(self.says())).collect()
    }

    /// Waits until it stands still by a signal; false if it ended instead.
    ///
    /// # Panics
    /// If it is not there any more.
    pub fn stands(&self) -> bool {
        let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        let status = waitid(WaitId::Pid(self.pid()), options).expect("it is ours");
        status.is_some_and(|status| status.stopped())
    }

    /// Lets it go on.
    ///
    /// # Panics
    /// If it is not there any more.
    pub fn go_on(&self) {
        kill_process(self.pid(), Signal::CONT).expect("it is ours");
    }

    /// Kills it now.
    ///
    /// # Panics
    /// If it had ended by itself.
    pub fn kill(mut self) {
        self.child.kill().expect("killed");
        assert!(
            was_killed(self.child.wait().expect("it ends")),
            "it had ended before"
        );
    }

    /// Waits for its end; true if it died of `kill -9`.
    ///
    /// # Panics
    /// If it failed in another way.
    pub fn is_killed(mut self) -> bool {
        drop(self.stdin.take());
        let status = self.child.wait().expect("it ends");
        assert!(status.success() || was_killed(status), "{status}");
        was_killed(status)
    }

    /// Has it close its client and end.
    ///
    /// # Panics
    /// If it fails.
    #[track_caller]
    pub fn closes(mut self) {
        assert_eq!(self.ask("close"), "closed");
        assert_eq!(self.ask("cached"), "Closed");
        assert!(!self.is_killed(), "it was to end by itself");
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

fn was_killed(status: ExitStatus) -> bool {
    status.signal() == Some(Signal::KILL.as_raw())
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
