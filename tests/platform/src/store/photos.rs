//! Photos of a booking, and the parts they came in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

use super::{Store, Write};

/// A photo's row.
#[derive(Clone)]
pub(crate) struct Photo {
    pub(crate) booking: i64,
    /// The client's name for it.
    pub(crate) id: String,
    /// Bytes, as declared.
    pub(crate) size: i64,
    /// Of the whole, in lower-case hexadecimal, as declared.
    pub(crate) sha256: String,
    /// Bytes that are here.
    pub(crate) received: i64,
    /// What the bytes are; none until they are whole.
    pub(crate) content_type: Option<String>,
    pub(crate) created_us: i64,
}

impl Photo {
    /// Whether all of it is here, and is what was declared.
    pub(crate) fn is_complete(&self) -> bool {
        self.content_type.is_some()
    }
}

const SELECT: &str =
    "SELECT appointment_id, photo_id, size, sha256, received, content_type, created_us FROM photos";

fn read(row: &AnyRow) -> Result<Photo, sqlx::Error> {
    Ok(Photo {
        booking: row.try_get(0)?,
        id: row.try_get(1)?,
        size: row.try_get(2)?,
        sha256: row.try_get(3)?,
        received: row.try_get(4)?,
        content_type: row.try_get(5)?,
        created_us: row.try_get(6)?,
    })
}

async fn photos<'e>(
    from: impl Executor<'e, Database = Any>,
    booking: i64,
) -> Result<Vec<Photo>, sqlx::Error> {
    let sql = format!("{SELECT} WHERE appointment_id = $1 ORDER BY number");
    let query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(booking);
    query.fetch_all(from).await?.iter().map(read).collect()
}

async fn content<'e>(
    from: impl Executor<'e, Database = Any>,
    booking: i64,
    id: &str,
) -> Result<Vec<u8>, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT bytes FROM photo_parts WHERE appointment_id = $1 AND photo_id = $2 ORDER BY starts_at",
    )
    .bind(booking)
    .bind(id)
    .fetch_all(from)
    .await?;
    let mut whole = Vec::new();
    for row in &rows {
        let part: String = row.try_get(0)?;
        let part = STANDARD
            .decode(part)
            .map_err(|error| sqlx::Error::Decode(error.into()))?;
        whole.extend_from_slice(&part);
    }
    Ok(whole)
}

impl Store {
    /// A booking's photos, in the order they were declared.
    pub(crate) async fn photos(&self, booking: i64) -> Result<Vec<Photo>, sqlx::Error> {
        photos(self.pool(), booking).await
    }

    /// What is here of a photo's bytes.
    pub(crate) async fn photo_content(&self, booking: i64, id: &str) -> Result<Vec<u8>, sqlx::Error> {
        content(self.pool(), booking, id).await
    }
}

impl Write {
    /// A booking's photos, in the order they were declared.
    pub(crate) async fn photos(&mut self, booking: i64) -> Result<Vec<Photo>, sqlx::Error> {
        photos(&mut **self, booking).await
    }

    /// What is here of a photo's bytes.
    pub(crate) async fn photo_content(&mut self, booking: i64, id: &str) -> Result<Vec<u8>, sqlx::Error> {
        content(&mut **self, booking, id).await
    }

    /// Adds a photo whose bytes are still to come.
    pub(crate) async fn add_photo(&mut self, new: &Photo) -> Result<(), sqlx::Error> {
        let number = self.next_id("photos").await?;
        sqlx::query(
            "INSERT INTO photos (appointment_id, photo_id, size, sha256, received, content_type, number, created_us) \
             VALUES ($1, $2, $3, $4, 0, NULL, $6, $5)",
        )
        .bind(new.booking)
        .bind(&new.id)
        .bind(new.size)
        .bind(&new.sha256)
        .bind(new.created_us)
        .bind(number)
        .execute(&mut **self)
        .await
        .map(drop)
    }

    /// Puts a part behind what is here.
    pub(crate) async fn append_photo(&mut self, photo: &mut Photo, part: &[u8]) -> Result<(), sqlx::Error> {
        sqlx::query(
            "INSERT INTO photo_parts (appointment_id, photo_id, starts_at, bytes) VALUES ($1, $2, $3, $4)",
        )
        .bind(photo.booking)
        .bind(&photo.id)
        .bind(photo.received)
        .bind(STANDARD.encode(part))
        .execute(&mut **self)
        .await?;
        photo.received += i64::try_from(part.len()).unwrap_or(i64::MAX);
        self.update_photo(photo).await
    }

    /// Drops the bytes, so that they can be sent anew.
    pub(crate) async fn empty_photo(&mut self, photo: &mut Photo) -> Result<(), sqlx::Error> {
        self.delete_from("photo_parts", photo.booking, &photo.id).await?;
        photo.received = 0;
        self.update_photo(photo).await
    }

    /// Writes how much is here, and what it is.
    pub(crate) async fn update_photo(&mut self, photo: &Photo) -> Result<(), sqlx::Error> {
        sqlx::query(
            "UPDATE photos SET received = $3, content_type = $4 WHERE appointment_id = $1 AND photo_id = $2",
        )
        .bind(photo.booking)
        .bind(&photo.id)
        .bind(photo.received)
        .bind(photo.content_type.as_deref())
        .execute(&mut **self)
        .await
        .map(drop)
    }

    /// Removes a photo and its bytes, if it is there.
    pub(crate) async fn delete_photo(&mut self, booking: i64, id: &str) -> Result<(), sqlx::Error> {
        self.delete_from("photo_parts", booking, id).await?;
        self.delete_from("photos", booking, id).await
    }

    async fn delete_from(&mut self, table: &'static str, booking: i64, id: &str) -> Result<(), sqlx::Error> {
        let sql = format!("DELETE FROM {table} WHERE appointment_id = $1 AND photo_id = $2");
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(booking)
            .bind(id)
            .execute(&mut **self)
            .await
            .map(drop)
    }
}
