//! The rows of tables and the keys of indexes, page by page. The format is SQLite's (fileformat2.html, "B-tree Pages").

use std::collections::BTreeSet;

use rusqlite::types::Value;

use super::image::{Image, number16, number32};
use super::record::{decode, varint};
use crate::model::order::sort_by_key;

/// What was found.
#[derive(Default)]
pub(in crate::store) struct Found {
    /// Rows with their numbers, in the order of these.
    pub(in crate::store) rows: Vec<(i64, Vec<Value>)>,
    /// What indexes name.
    pub(in crate::store) keys: Vec<Vec<Value>>,
    /// The pages of rows on which nothing is damaged, an empty one included.
    pub(in crate::store) whole: BTreeSet<i64>,
}

/// The kinds of pages that hold something, by their first byte.
const INDEX_INNER: u8 = 2;
const INDEX_LEAF: u8 = 10;
const TABLE_LEAF: u8 = 13;

/// Reads every page that can be read.
pub(in crate::store) fn read(image: &Image) -> Found {
    let mut found = Found::default();
    for number in 1..=image.pages() {
        if let Some(page) = image.page(number) {
            let start = if number == 1 { 100 } else { 0 };
            if read_page(image, page, start, &mut found) {
                found.whole.extend(i64::try_from(number));
            }
        }
    }
    sort_by_key(&mut found.rows, |(number, _)| *number);
    found
}

/// True if it is a page of rows, and each was read. `start`: the first page begins with the file's header.
fn read_page(image: &Image, page: &[u8], start: usize, found: &mut Found) -> bool {
    let Some(&kind) = page.get(start) else {
        return false;
    };
    let head = match kind {
        INDEX_INNER => 12,
        INDEX_LEAF | TABLE_LEAF => 8,
        _ => return false,
    };
    let before = found.rows.len();
    let cells = number16(page, start + 3).unwrap_or_default();
    for cell in 0..cells {
        let Some(at) = number16(page, start + head + 2 * cell) else {
            return false;
        };
        if kind == TABLE_LEAF {
            found.rows.extend(row(image, page, at));
        } else {
            let child = if kind == INDEX_INNER { 4 } else { 0 };
            found.keys.extend(key(image, page, at + child));
        }
    }
    kind == TABLE_LEAF && found.rows.len() - before == cells
}

fn row(image: &Image, page: &[u8], at: usize) -> Option<(i64, Vec<Value>)> {
    let (length, at) = varint(page, at)?;
    let (number, at) = varint(page, at)?;
    let most = image.page_size().checked_sub(35)?;
    let payload = payload(image, page, at, usize::try_from(length).ok()?, most)?;
    Some((number, decode(&payload)?))
}

fn key(image: &Image, page: &[u8], at: usize) -> Option<Vec<Value>> {
    let (length, at) = varint(page, at)?;
    let most = (image.page_size() - 12) * 64 / 255 - 23;
    let payload = payload(image, page, at, usize::try_from(length).ok()?, most)?;
    decode(&payload)
}

/// The bytes of a cell, those on overflow pages too. `most`: so many may lie on the page itself.
fn payload(image: &Image, page: &[u8], at: usize, length: usize, most: usize) -> Option<Vec<u8>> {
    let usable = image.page_size();
    let least = (usable - 12) * 32 / 255 - 23;
    let here = if length <= most {
        length
    } else {
        let fitting = least + (length - least) % (usable - 4);
        if fitting <= most { fitting } else { least }
    };
    let mut bytes = page.get(at..at.checked_add(here)?)?.to_vec();
    let mut next = if here < length {
        number32(page, at + here)?
    } else {
        0
    };
    for _ in 0..image.pages() {
        if bytes.len() == length {
            break;
        }
        let more = image.page(usize::try_from(next).ok()?)?;
        next = number32(more, 0)?;
        bytes.extend_from_slice(more.get(4..usable.min(4 + length - bytes.len()))?);
    }
    (bytes.len() == length).then_some(bytes)
}
