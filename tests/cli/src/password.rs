//! The password: from PMI_PASSWORD, else from a prompt without echo, else the first line of standard input. Never from
//! arguments.

use std::io::{BufRead as _, IsTerminal as _};

use pmi_core::model::Password;

use crate::exit::Exit;
use crate::failure::Failure;

/// Whether a mistyped password would lock the person out, so that it is asked for twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It exists already.
    SignIn,
    /// It is being chosen.
    Choose,
}

/// Gets the password. Blocks while a person types.
///
/// # Errors
/// Wrong usage if there is none, or if the two a person typed differ.
pub(crate) fn ask(purpose: Purpose) -> Result<Password, Failure> {
    let text = match std::env::var("PMI_PASSWORD") {
        Ok(text) => text,
        Err(std::env::VarError::NotUnicode(_)) => return Err(missing("PMI_PASSWORD is not UTF-8")),
        Err(std::env::VarError::NotPresent) if std::io::stdin().is_terminal() => prompt(purpose)?,
        Err(std::env::VarError::NotPresent) => first_line()?,
    };
    if text.is_empty() {
        return Err(missing("the password is empty"));
    }
    Ok(Password::new(text))
}

fn prompt(purpose: Purpose) -> Result<String, Failure> {
    let read = |prompt: &str| {
        rpassword::prompt_password(prompt)
            .map_err(|error| missing(&format!("no password could be read: {error}")))
    };
    let text = read("Password: ")?;
    if purpose == Purpose::Choose && read("The same again: ")? != text {
        return Err(missing("the two passwords differ"));
    }
    Ok(text)
}

fn first_line() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| missing(&format!("no password could be read from standard input: {error}")))?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}

fn missing(what: &str) -> Failure {
    Failure::new(Exit::Usage, "usage", format!("{what}: nothing was sent"))
        .hint("type it at the prompt, or give it as the first line of standard input or in PMI_PASSWORD")
}
