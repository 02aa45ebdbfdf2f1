//! A customer's day in a process of its own, told line by line what to do.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A process of `day`.
pub struct Day {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Day {
    /// Starts the program `day` (see `src/bin/day.rs`) with what it writes below `out`, logging all there is to log or nothing.
    ///
    /// # Panics
    /// If it does not start.
    #[must_use]
    pub fn start(program: &str, out: &Path, logging: bool) -> Self {
        let mut command = Command::new(program);
        command.env_clear().arg(out);
        if logging {
            command.arg("--log");
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let asks = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        Self { child, asks, answers }
    }

    /// Has it do something and waits until it is done; its answer: `ok`, or `failed` with the name of an error.
    ///
    /// # Panics
    /// If it ended.
    pub fn ask(&mut self, words: &[&str]) -> String {
        writeln!(self.asks, "{}", words.join("\t")).expect("it listens");
        let mut answer = String::new();
        let read = self.answers.read_line(&mut answer).expect("it answers");
        assert!(read > 0, "it ended at {}", words.first().unwrap_or(&""));
        answer.trim().to_owned()
    }

    /// The same, which must go well.
    ///
    /// # Panics
    /// If it does not.
    #[track_caller]
    pub fn must(&mut self, words: &[&str]) {
        assert_eq!(self.ask(words), "ok", "{}", words.first().unwrap_or(&""));
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Day {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
