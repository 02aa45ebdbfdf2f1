-- Photos of a fault, which belong to a booking. Bytes are kept as they came, part by part, in Base64: a text is the one type that
-- both databases and the driver over them take alike. `content_type` is what the bytes are found to be; NULL until they are whole. `number` grows with each one declared.
-- Queries: one photo, and a booking's photos in the order they were declared (the primary key finds both); parts in order.
CREATE TABLE photos (
    appointment_id BIGINT NOT NULL,
    photo_id TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    received BIGINT NOT NULL,
    content_type TEXT,
    number BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    PRIMARY KEY (appointment_id, photo_id)
);

CREATE TABLE photo_parts (
    appointment_id BIGINT NOT NULL,
    photo_id TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    bytes TEXT NOT NULL,
    PRIMARY KEY (appointment_id, photo_id, starts_at)
);
