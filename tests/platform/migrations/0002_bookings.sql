-- Bookings that are written: `offset_s` is the offset from UTC (seconds) a booking's wall time was asked for with, which tells the
-- two 02:30 of a night apart whose clock is put back; those v1 makes have none. `revision` counts a booking's changes, so that
-- each has another ETag though the clock stand still. `etag` is the tag a kept answer came with.
-- The queries new with these (one booking by operation, a centre's bookings of some days) have their indexes since 0001:
-- appointments_by_operation and appointments_by_center.
ALTER TABLE appointments ADD COLUMN offset_s BIGINT;
ALTER TABLE appointments ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
ALTER TABLE idempotency ADD COLUMN etag TEXT;
