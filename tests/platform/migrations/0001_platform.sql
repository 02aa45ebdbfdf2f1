-- One schema for both dialects, SQLite and PostgreSQL alike. Instants are microseconds since the Unix epoch (`_us`);
-- `wall_us` is a wall time at the service centre, its digits read as if they were UTC. Truth values are 0 and 1.
CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);

CREATE TABLE customers (
    customer_id BIGINT NOT NULL PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    password_hash TEXT,
    phone TEXT,
    address TEXT,
    role TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_us BIGINT NOT NULL
);
CREATE UNIQUE INDEX customers_by_email ON customers (email);
CREATE INDEX customers_by_folded_email ON customers (email_folded);

CREATE TABLE families (
    family_id TEXT NOT NULL PRIMARY KEY,
    customer_id BIGINT NOT NULL,
    generation BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    token_hash TEXT NOT NULL,
    previous_hash TEXT,
    expires_us BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    revoked TEXT
);
CREATE INDEX families_by_customer ON families (customer_id);

CREATE TABLE reset_tokens (
    token_hash TEXT NOT NULL PRIMARY KEY,
    customer_id BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    used_us BIGINT
);
CREATE INDEX reset_tokens_by_customer ON reset_tokens (customer_id);

CREATE TABLE idempotency (
    customer_id BIGINT NOT NULL,
    idem_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    expires_us BIGINT NOT NULL,
    PRIMARY KEY (customer_id, idem_key)
);
CREATE INDEX idempotency_by_expiry ON idempotency (expires_us);

CREATE TABLE vehicles (
    vehicle_id BIGINT NOT NULL PRIMARY KEY,
    vin TEXT NOT NULL,
    customer_id BIGINT,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    year BIGINT NOT NULL,
    mileage BIGINT NOT NULL,
    purchase_us BIGINT,
    warranty_us BIGINT
);
CREATE UNIQUE INDEX vehicles_by_vin ON vehicles (vin);
CREATE INDEX vehicles_by_customer ON vehicles (customer_id, vehicle_id);

CREATE TABLE predictions (
    prediction_id BIGINT NOT NULL PRIMARY KEY,
    vehicle_id BIGINT NOT NULL,
    component TEXT NOT NULL,
    probability DOUBLE PRECISION NOT NULL,
    days_to_failure BIGINT,
    predicted_us BIGINT NOT NULL
);
CREATE INDEX predictions_by_vehicle ON predictions (vehicle_id, predicted_us);

CREATE TABLE telemetry (
    vehicle_id BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    engine_temperature DOUBLE PRECISION NOT NULL,
    coolant_temperature DOUBLE PRECISION NOT NULL,
    oil_pressure DOUBLE PRECISION NOT NULL,
    battery_voltage DOUBLE PRECISION NOT NULL,
    vibration_level DOUBLE PRECISION NOT NULL,
    rpm BIGINT NOT NULL,
    speed DOUBLE PRECISION NOT NULL,
    odometer BIGINT NOT NULL,
    fuel_level DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (vehicle_id, at_us)
);

CREATE TABLE service_centers (
    center_id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    city TEXT NOT NULL,
    state TEXT NOT NULL,
    phone TEXT,
    capacity BIGINT NOT NULL,
    time_zone TEXT NOT NULL
);

CREATE TABLE appointments (
    appointment_id BIGINT NOT NULL PRIMARY KEY,
    vehicle_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    center_id BIGINT NOT NULL,
    wall_us BIGINT NOT NULL,
    service_type TEXT NOT NULL,
    status TEXT NOT NULL,
    notes TEXT,
    actual_issue TEXT,
    duration BIGINT,
    consent BIGINT NOT NULL,
    client_operation_id TEXT,
    created_us BIGINT NOT NULL,
    updated_us BIGINT NOT NULL
);
CREATE INDEX appointments_by_customer ON appointments (customer_id, wall_us, appointment_id);
CREATE INDEX appointments_by_vehicle ON appointments (vehicle_id, wall_us);
CREATE INDEX appointments_by_center ON appointments (center_id, wall_us);
CREATE INDEX appointments_by_time ON appointments (wall_us, appointment_id);
CREATE UNIQUE INDEX appointments_by_operation ON appointments (customer_id, client_operation_id);

CREATE TABLE notifications (
    notification_id BIGINT NOT NULL PRIMARY KEY,
    customer_id BIGINT NOT NULL,
    vehicle_id BIGINT,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    sent_us BIGINT NOT NULL,
    delivered BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX notifications_by_customer ON notifications (customer_id, sent_us, notification_id);
CREATE INDEX notifications_by_time ON notifications (sent_us, notification_id);
