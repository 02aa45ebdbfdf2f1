//! What people at a service centre's desk see and do, while customers book.
//!
//! It promises that a change made here is one a customer can notice: a booking's revision grows, and so its `ETag` is another.
//! A command that names what is not there is an error: a test that set nothing up must not pass.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Control;
use crate::error::StartError;
use crate::store::AppointmentFilter;
use crate::time::{wall, wall_us};

/// A booking as its row has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenBooking {
    /// Its id.
    pub id: i64,
    /// Whose it is.
    pub customer_id: i64,
    /// What is serviced.
    pub vehicle_id: i64,
    /// Where.
    pub center_id: i64,
    /// `oil_change` and so on.
    pub service_type: String,
    /// What the centre's clock shows when it starts: `2026-12-25T10:00:00`.
    pub wall_time: String,
    /// The centre's time zone.
    pub time_zone: String,
    /// `scheduled` and so on.
    pub status: String,
    /// What the customer wrote.
    pub notes: Option<String>,
    /// The client's name for the operation that made it.
    pub client_operation_id: Option<String>,
}

/// A photo of a booking, with its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct SeenPhoto {
    /// The client's name for it.
    pub id: String,
    /// Whether all of it is here.
    pub complete: bool,
    /// What its bytes are; none until all are here.
    pub content_type: Option<String>,
    /// What is here of them.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for SeenPhoto {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SeenPhoto")
            .field("id", &self.id)
            .field("complete", &self.complete)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl Control {
    /// A booking's photos, in the order they were declared.
    ///
    /// # Errors
    /// The database.
    pub async fn photos(&self, booking_id: i64) -> Result<Vec<SeenPhoto>, StartError> {
        let mut seen = Vec::new();
        for photo in self.app.store.photos(booking_id).await? {
            seen.push(SeenPhoto {
                bytes: self.app.store.photo_content(booking_id, &photo.id).await?,
                complete: photo.is_complete(),
                id: photo.id,
                content_type: photo.content_type,
            });
        }
        Ok(seen)
    }

    /// Every booking, or one customer's, the one with the lowest id first.
    ///
    /// # Errors
    /// The database.
    pub async fn bookings(&self, customer_id: Option<i64>) -> Result<Vec<SeenBooking>, StartError> {
        let filter = AppointmentFilter {
            customer_id,
            ..AppointmentFilter::default()
        };
        let mut rows = self.app.store.appointments(&filter).await?;
        rows.sort_by_key(|row| row.id);
        let seen = rows.into_iter().map(|row| SeenBooking {
            id: row.id,
            customer_id: row.customer_id,
            vehicle_id: row.vehicle_id,
            center_id: row.center_id,
            service_type: row.service_type,
            wall_time: wall(row.wall_us).strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            time_zone: row.time_zone,
            status: row.status,
            notes: row.notes,
            client_operation_id: row.client_operation_id,
        });
        Ok(seen.collect())
    }

    /// Gives a centre another capacity or time zone. Its bookings keep their wall time; none is called off.
    ///
    /// # Errors
    /// No such centre or time zone, or the database.
    pub async fn set_center(
        &self,
        center_id: i64,
        capacity: Option<i64>,
        time_zone: Option<String>,
    ) -> Result<(), StartError> {
        if time_zone
            .as_deref()
            .is_some_and(|name| TimeZone::get(name).is_err())
        {
            return Err(StartError::Command("there is no such time zone"));
        }
        let mut write = self.app.store.write().await?;
        let found = write.lock_center(center_id).await?;
        let mut center = found.ok_or(StartError::Command("there is no such service centre"))?;
        center.capacity = capacity.unwrap_or(center.capacity);
        center.time_zone = time_zone.unwrap_or(center.time_zone);
        write.update_center(&center).await?;
        Ok(write.commit().await?)
    }

    /// Changes a booking behind its customer's back, to any time or status. Told nothing new, it counts as a change too.
    ///
    /// # Errors
    /// No such booking, a wall time that is not like `2026-12-25T10:00:00`, or the database.
    pub async fn change_booking(
        &self,
        id: i64,
        wall_time: Option<&str>,
        status: Option<&str>,
    ) -> Result<(), StartError> {
        let mut write = self.app.store.write().await?;
        let found = write.lock_appointment(id).await?;
        let mut booking = found.ok_or(StartError::Command("there is no such booking"))?;
        if let Some(wall_time) = wall_time {
            let wall: DateTime = wall_time
                .parse()
                .map_err(|_| StartError::Command("that is not a wall time"))?;
            booking.wall_us = wall_us(wall);
            booking.offset_s = None;
        }
        if let Some(status) = status {
            booking.status = status.to_owned();
        }
        write
            .update_appointment(&booking, self.app.now().as_microsecond())
            .await?;
        Ok(write.commit().await?)
    }
}
