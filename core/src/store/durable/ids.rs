//! The names of accounts and of lines of writes in our own files.

use std::fmt;

use crate::ports::{NoRandomness, Random};

/// An account here: 128 random bits in hex. Ours alone, so that a lock file's or a key's name says nothing of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct AccountId(String);

impl AccountId {
    /// A new one.
    pub(crate) fn random(random: &dyn Random) -> Result<Self, NoRandomness> {
        use fmt::Write as _;
        let mut bytes = [0_u8; 16];
        random.fill(&mut bytes)?;
        let mut text = String::with_capacity(32);
        for byte in bytes {
            // Writing into a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    /// Reads one back; `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (text.len() == 32 && hex).then(|| Self(text.to_owned()))
    }

    /// As it is written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl rusqlite::ToSql for AccountId {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl rusqlite::types::FromSql for AccountId {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        Self::parse(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
    }
}

/// One line of writes: ten random letters, ours. A booking made here goes by it until the server has named it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ChainId(String);

impl ChainId {
    const LENGTH: usize = 10;
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

    /// A new one: 50 bits, so that two on one device are not equal by chance.
    pub(crate) fn random(random: &dyn Random) -> Result<Self, NoRandomness> {
        let mut bytes = [0_u8; Self::LENGTH];
        random.fill(&mut bytes)?;
        let letter = |byte: u8| char::from(Self::LETTERS[usize::from(byte & 31)]);
        Ok(Self(bytes.into_iter().map(letter).collect()))
    }

    /// Reads one back; `None` if it is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let ours = text.len() == Self::LENGTH && text.bytes().all(|byte| Self::LETTERS.contains(&byte));
        ours.then(|| Self(text.to_owned()))
    }

    /// As it is written.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl rusqlite::ToSql for ChainId {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl rusqlite::types::FromSql for ChainId {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        Self::parse(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
    }
}
