//! The photos on the form.

use super::record::BookPhoto;
use crate::model::Photo;
use crate::screens::{Quantity, Text, TextArg, TextKey};

/// The photos on the form.
#[derive(Default)]
pub(super) struct Photos {
    photos: Vec<(u32, Photo)>,
    given: u32,
    problem: Option<Text>,
}

impl Photos {
    pub(super) fn add(&mut self, bytes: Vec<u8>) {
        let size = bytes.len() as u64;
        // Taken first: what is no photo is wiped there too.
        self.problem = match Photo::from_bytes(bytes) {
            Ok(_) if self.is_full() => Some(too_many()),
            Ok(photo) => {
                self.given += 1;
                self.photos.push((self.given, photo));
                None
            }
            Err(_) if size > Photo::LARGEST => Some(too_large()),
            Err(_) => Some(TextKey::FieldPhotoKind.into()),
        };
    }

    pub(super) fn remove(&mut self, number: u32) {
        self.photos.retain(|(own, _)| *own != number);
        self.problem = None;
    }

    pub(super) fn refuse(&mut self, why: Text) {
        self.problem = Some(why);
    }

    pub(super) fn all(&self) -> Vec<Photo> {
        self.photos.iter().map(|(_, photo)| photo.clone()).collect()
    }

    pub(super) fn is_full(&self) -> bool {
        self.photos.len() >= Photo::MOST
    }

    pub(super) fn problem(&self) -> Option<Text> {
        self.problem.clone()
    }

    pub(super) fn shown(&self) -> Vec<BookPhoto> {
        let all = self.photos.iter();
        all.map(|(number, photo)| BookPhoto {
            number: *number,
            size: Quantity::data(photo.size()),
        })
        .collect()
    }
}

fn too_many() -> Text {
    let count = i64::try_from(Photo::MOST).unwrap_or(i64::MAX);
    Text::with(TextKey::FieldPhotosTooMany, TextArg::Count { count })
}

fn too_large() -> Text {
    let quantity = Quantity::data(Photo::LARGEST);
    Text::with(TextKey::FieldPhotoTooLarge, TextArg::Quantity { quantity })
}
