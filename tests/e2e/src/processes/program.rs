//! A device that runs as a process: told what to do a line at a time, and never left behind.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
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

    /// Waits until it stands still by a signal; at which step.
    ///
    /// # Panics
    /// If it ends instead.
    #[track_caller]
    pub fn stands(&mut self) -> String {
        let step = self.says();
        let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        let status = waitid(WaitId::Pid(self.pid()), options).expect("it is ours");
        assert!(
            status.is_some_and(|status| status.stopped()),
            "it does not stand: {step}"
        );
        step
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

    /// Waits until it dies of `kill -9`; the last it said.
    ///
    /// # Panics
    /// If it ends in another way.
    #[track_caller]
    pub fn dies(mut self) -> String {
        drop(self.stdin.take());
        let mut said = String::new();
        self.stdout.read_to_string(&mut said).expect("UTF-8");
        let status = self.child.wait().expect("it ends");
        assert!(was_killed(status), "{status}, and it said {said:?}");
        said.lines().last().unwrap_or_default().to_owned()
    }

    /// Waits until it ends, all that it said, and whether it was killed.
    ///
    /// # Panics
    /// If it failed.
    #[track_caller]
    pub fn ends(mut self) -> (Vec<String>, bool) {
        drop(self.stdin.take());
        let mut said = String::new();
        self.stdout.read_to_string(&mut said).expect("UTF-8");
        let status = self.child.wait().expect("it ends");
        let killed = was_killed(status);
        assert!(killed || status.success(), "{status}, and it said {said:?}");
        (said.lines().map(str::to_owned).collect(), killed)
    }

    /// Has it close its client and end.
    ///
    /// # Panics
    /// If it fails.
    #[track_caller]
    pub fn closes(mut self) {
        assert_eq!(self.ask("close"), "closed");
        assert_eq!(self.ask("cached"), "Closed");
        drop(self.stdin.take());
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "{status}");
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
