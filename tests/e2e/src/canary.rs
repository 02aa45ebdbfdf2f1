//! Looking for what must not be there: canaries, in every spelling that a log, a file or a memory gives them.

use std::fmt;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Words that exist once in the world, and what each stands for.
#[derive(Default)]
pub struct Canaries {
    names: Vec<String>,
    /// Bytes to look for, and which name they are.
    needles: Vec<(Vec<u8>, usize, &'static str)>,
}

/// A canary that was found.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// What it stands for.
    pub name: String,
    /// How it was spelt.
    pub spelling: &'static str,
    /// Where it was.
    pub place: String,
    around: String,
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}) in {}: {}",
            self.name, self.spelling, self.place, self.around
        )
    }
}

impl Canaries {
    /// Adds one, of eight bytes or more: a shorter one is found by chance.
    ///
    /// # Panics
    /// If it is shorter.
    pub fn add(&mut self, name: &str, secret: impl AsRef<[u8]>) {
        let secret = secret.as_ref();
        assert!(secret.len() >= 8, "{name} is too short to be unique");
        if self.needles.iter().any(|(needle, ..)| needle == secret) {
            return;
        }
        self.names.push(name.to_owned());
        let at = self.names.len() - 1;
        for (spelling, needle) in spellings(secret) {
            self.needles.push((needle, at, spelling));
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The first place of each canary in each spelling.
    #[must_use]
    pub fn search(&self, place: &str, hay: &[u8]) -> Vec<Found> {
        self.needles
            .iter()
            .filter_map(|(needle, name, spelling)| {
                let at = memchr::memmem::find(hay, needle)?;
                let from = at.saturating_sub(60);
                let around = hay
                    .get(from..(at + needle.len() + 60).min(hay.len()))
                    .unwrap_or_default();
                Some(Found {
                    name: self.names.get(*name).cloned().unwrap_or_default(),
                    spelling,
                    place: place.to_owned(),
                    around: around.escape_ascii().to_string(),
                })
            })
            .collect()
    }

    /// The same in every file below a folder, but for those whose path holds `except`.
    ///
    /// # Panics
    /// If a file cannot be read.
    #[must_use]
    pub fn search_folder(&self, dir: &Path, except: Option<&str>) -> Vec<Found> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(dir).expect("a folder") {
            let path = entry.expect("an entry").path();
            let shown = path.display().to_string();
            if except.is_some_and(|except| shown.contains(except)) {
                continue;
            }
            found.extend(self.search("a file's name", shown.as_bytes()));
            if path.is_dir() {
                found.extend(self.search_folder(&path, except));
            } else if let Ok(bytes) = std::fs::read(&path) {
                found.extend(self.search(&shown, &bytes));
            }
        }
        found
    }

    /// The same in what a process has in memory and can write to: its heap, stacks and data, as a core dump would hold them.
    ///
    /// # Panics
    /// If its memory cannot be read.
    #[must_use]
    pub fn search_process(&self, pid: u32) -> Vec<Found> {
        use std::os::unix::fs::FileExt as _;
        let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).expect("its maps");
        let memory = std::fs::File::open(format!("/proc/{pid}/mem")).expect("its memory");
        let mut found = Vec::new();
        for line in maps.lines() {
            let mut words = line.split_whitespace();
            let (range, rights) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            // Files on disk are searched as files; what is mapped shared is one of them.
            if !rights.starts_with("rw") || rights.ends_with('s') {
                continue;
            }
            let ends = range
                .split_once('-')
                .map(|(from, to)| (u64::from_str_radix(from, 16), u64::from_str_radix(to, 16)));
            let Some((Ok(from), Ok(to))) = ends else { continue };
            let mut bytes = vec![0; usize::try_from(to - from).expect("a size")];
            // What cannot be read (a guard page, the vvar of the kernel) holds nothing.
            let mut read = 0;
            while let Some(rest) = bytes.get_mut(read..).filter(|rest| !rest.is_empty()) {
                match memory.read_at(rest, from + read as u64) {
                    Ok(0) | Err(_) => break,
                    Ok(more) => read += more,
                }
            }
            let place = words.nth(3).unwrap_or("anonymous").to_owned();
            found.extend(self.search(
                &format!("memory {range} {place}"),
                bytes.get(..read).unwrap_or_default(),
            ));
        }
        found
    }
}

/// A secret in every spelling.
fn spellings(secret: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let hex = |upper: bool| -> String {
        let byte = |byte: &u8| {
            if upper {
                format!("{byte:02X}")
            } else {
                format!("{byte:02x}")
            }
        };
        secret.iter().map(byte).collect()
    };
    let percent = |keep: fn(u8) -> bool| -> String {
        let byte = |byte: &u8| {
            if keep(*byte) {
                char::from(*byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        };
        secret.iter().map(byte).collect()
    };
    let list = format!("{secret:?}");
    let mut all = vec![
        ("raw", secret.to_vec()),
        ("hex", hex(false).into_bytes()),
        ("upper hex", hex(true).into_bytes()),
        (
            "percent",
            percent(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)).into_bytes(),
        ),
        (
            "percent, lower case",
            percent(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
                .to_lowercase()
                .into_bytes(),
        ),
        (
            "form",
            percent(|byte| byte.is_ascii_alphanumeric() || b"*-._".contains(&byte))
                .replace("%20", "+")
                .into_bytes(),
        ),
        ("numbers", list.trim_matches(['[', ']']).to_owned().into_bytes()),
        ("escaped", secret.escape_ascii().to_string().into_bytes()),
    ];
    if let Ok(text) = std::str::from_utf8(secret) {
        let json = serde_json::to_string(text).unwrap_or_default();
        let json = json.trim_matches('"').to_owned();
        all.push(("slashes escaped", json.replace('/', "\\/").into_bytes()));
        all.push(("json", json.into_bytes()));
        all.push(("debug", text.escape_debug().to_string().into_bytes()));
        all.push((
            "utf-16 le",
            text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ));
        all.push((
            "utf-16 be",
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ));
    }
    for offset in 0..3_usize {
        // Where it stands in what was encoded, less what its neighbours decide.
        let shifted = [vec![0; offset], secret.to_vec()].concat();
        let (from, to) = ([0, 2, 3][offset], shifted.len() * 8 / 6);
        for (name, text) in [
            ("base64", STANDARD_NO_PAD.encode(&shifted)),
            ("base64url", URL_SAFE_NO_PAD.encode(&shifted)),
        ] {
            all.push((name, text.as_bytes().get(from..to).unwrap_or_default().to_vec()));
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|(_, needle)| needle.len() >= 8 && seen.insert(needle.clone()));
    all
}
