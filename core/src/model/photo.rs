//! Photos of a fault, which travel with a booking.
//!
//! Promised: what a photo is, is told by its bytes, never by a name; its bytes are in no `Debug` and no error. Not promised:
//! that it is small or private. The bytes are sent as they are given, with all a camera has written into them, such as the
//! place (EXIF): an app that does not want that sent takes it out before.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::OutboxItem;
use super::redacted::debug_shows;
use super::wire_word::wire_words;
use crate::error::{Error, Result};

wire_words! {
    /// What a photo is, by its media type.
    PhotoKind {
        /// JPEG.
        Jpeg = "image/jpeg",
        /// PNG.
        Png = "image/png",
        /// WebP.
        Webp = "image/webp",
        /// HEIC, or another picture in a HEIF file.
        Heic = "image/heic",
    }
}

/// What HEIF files that hold a picture are marked with.
const HEIF_BRANDS: [&[u8]; 8] = [
    b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1",
];

impl PhotoKind {
    /// What these bytes are by how they begin; `None` if that is no photo.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xff\xd8\xff") {
            return Some(Self::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Some(Self::Webp);
        }
        let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"))?;
        HEIF_BRANDS.contains(&brand).then_some(Self::Heic)
    }
}

/// A photo to be sent. Cheap to clone; the bytes are wiped when the last clone is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    kind: PhotoKind,
    bytes: Arc<Zeroizing<Vec<u8>>>,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Photo")
            .field("kind", &self.kind)
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

impl Photo {
    /// The largest one, in bytes: 8 MiB.
    pub const LARGEST: u64 = 8 * 1024 * 1024;

    /// So many photos a booking has at most.
    pub const MOST: usize = 6;

    /// A photo of these bytes, which are taken as they are.
    ///
    /// # Errors
    /// `InvalidInput` if they are no JPEG, PNG, WebP or HEIC picture, or more than [`Self::LARGEST`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self> {
        let bytes = Zeroizing::new(bytes);
        if bytes.len() as u64 > Self::LARGEST {
            return Err(wrong(
                "it is larger than 8 MiB: make it smaller, then add it again",
            ));
        }
        let Some(kind) = PhotoKind::of(&bytes) else {
            return Err(wrong("it is no JPEG, PNG, WebP or HEIC picture"));
        };
        Ok(Self {
            kind,
            bytes: Arc::new(bytes),
        })
    }

    /// Reads a photo from a file, waiting for the disk. The file's name says nothing and goes nowhere.
    ///
    /// # Errors
    /// As [`from_bytes`](Self::from_bytes); `InvalidInput` if the file cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        // An error's text would name the file.
        let unreadable = |error: std::io::Error| wrong(&format!("its file cannot be read: {}", error.kind()));
        let mut file = std::fs::File::open(path)
            .map_err(unreadable)?
            .take(Self::LARGEST + 1);
        let mut bytes = Zeroizing::new(Vec::new());
        file.read_to_end(&mut bytes).map_err(unreadable)?;
        Self::from_bytes(std::mem::take(&mut *bytes))
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> &PhotoKind {
        &self.kind
    }

    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn wrong(reason: &str) -> Error {
    Error::InvalidInput {
        field: "photo".to_owned(),
        reason: reason.to_owned(),
    }
}

/// A photo of a booking, at the server or on its way there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingPhoto {
    /// What device and server call it: random.
    pub name: String,
    /// What it is; `None` while the server has only a part of it and this device does not have it.
    pub kind: Option<PhotoKind>,
    /// How many bytes it has.
    pub size: u64,
    /// How many of them the server has.
    pub arrived: u64,
    /// Whether the server has all of it.
    pub complete: bool,
    /// The write that sends it, if it is not done.
    pub pending: Option<Box<OutboxItem>>,
}

debug_shows!(BookingPhoto: kind, size, arrived, complete, pending);

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(made: Result<Photo>) -> String {
        let Err(Error::InvalidInput { field, reason }) = made else {
            panic!("it must not be taken: {made:?}")
        };
        assert_eq!(field, "photo");
        reason
    }

    #[test]
    fn a_photo_is_what_its_bytes_are() {
        let table: [(&[u8], Option<PhotoKind>); 9] = [
            (b"\xff\xd8\xff\xe1\0\x10Exif", Some(PhotoKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(PhotoKind::Png)),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some(PhotoKind::Webp)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(PhotoKind::Heic)),
            (b"\0\0\0\x18ftypisom\0\0\0\0", None),
            (b"RIFF\x10\0\0\0WAVEfmt ", None),
            (b"GIF89a\x01\0\x01\0\0\0", None),
            (b"<svg/>", None),
            (b"", None),
        ];
        for (bytes, kind) in table {
            assert_eq!(PhotoKind::of(bytes), kind, "{bytes:?}");
            let made = Photo::from_bytes(bytes.to_vec());
            assert_eq!(made.ok().map(|photo| photo.kind().clone()), kind);
        }
    }

    #[test]
    fn the_largest_photo_is_taken_and_one_byte_more_is_not() {
        let largest = usize::try_from(Photo::LARGEST).unwrap();
        let mut bytes = vec![0; largest];
        bytes[..3].copy_from_slice(b"\xff\xd8\xff");
        assert_eq!(Photo::from_bytes(bytes.clone()).unwrap().size(), Photo::LARGEST);
        bytes.push(0);
        assert!(reason(Photo::from_bytes(bytes.clone())).contains("8 MiB"));
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &bytes).unwrap();
        assert!(reason(Photo::read(file.path())).contains("8 MiB"));
        std::fs::write(file.path(), &bytes[..100]).unwrap();
        assert_eq!(Photo::read(file.path()).unwrap().size(), 100);
    }

    #[test]
    fn s37_no_byte_and_no_name_of_a_photo_is_in_debug_or_an_error() {
        let photo = Photo::from_bytes(b"\xff\xd8\xffSECRETBYTES".to_vec()).unwrap();
        assert_eq!(format!("{photo:?}"), "Photo { kind: Jpeg, size: 14, .. }");
        let missing = Photo::read(Path::new("/nowhere/secret-name.jpg"));
        assert_eq!(reason(missing), "its file cannot be read: entity not found");
        assert!(!reason(Photo::from_bytes(b"SECRETBYTES".to_vec())).contains("SECRET"));
    }
}
