-- A server's clock beside both of this device's, as its answers told it.
CREATE TABLE server_time (
    origin_id INTEGER NOT NULL PRIMARY KEY REFERENCES origin (id) ON DELETE CASCADE,
    boot_id   TEXT    NOT NULL,
    boot_ms   INTEGER NOT NULL, -- since that boot
    at        INTEGER NOT NULL, -- ms since 1970, by the server's clock
    error_ms  INTEGER NOT NULL, -- how far off that can be
    wall      INTEGER NOT NULL  -- ms since 1970, by this device's clock at that point: a guess for another boot
) STRICT;

-- Takes the place of `cooldown`, which no version wrote to.
DROP TABLE cooldown;

-- How this device stands with a server, shared by its processes: nothing is sent before the cool-down ends, even after a
-- restart; retries have a budget; a server that fails is left alone.
CREATE TABLE standing (
    origin_id      INTEGER NOT NULL PRIMARY KEY REFERENCES origin (id) ON DELETE CASCADE,
    boot_id        TEXT    NOT NULL,
    cool_until_ms  INTEGER,          -- since that boot; NULL: none
    cool_until_at  INTEGER,          -- ms since 1970, by the device's clock: for another boot
    cool_for_ms    INTEGER NOT NULL, -- how long it was: no longer is it in another boot
    budget_tenths  INTEGER NOT NULL, -- of a retry
    budget_ms      INTEGER NOT NULL, -- since that boot: up to when time has earned them
    breaker_faults INTEGER NOT NULL, -- in a row
    breaker_trips  INTEGER NOT NULL, -- in a row
    open_until_ms  INTEGER           -- since that boot: the breaker is open until then; NULL: closed
) STRICT;

-- Takes the place of the one of version 2, which no version wrote to. The trail belongs to the device and a server, not to an
-- account: an account's row would tell which of the entries were whose.
DROP TABLE audit;

-- What was decided about sessions, waits and writes, free of secrets. Bounded; the rows of one server are in the order of the
-- last time.
CREATE TABLE audit (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    origin_id INTEGER NOT NULL REFERENCES origin (id) ON DELETE CASCADE,
    milestone INTEGER NOT NULL CHECK (milestone IN (0, 1)), -- kept longest, such as a sign-out
    kind      TEXT    NOT NULL, -- the words of the decision: those alike are counted
    detail    TEXT    NOT NULL, -- JSON; of several, the newest
    times     INTEGER NOT NULL,
    boot_id   TEXT    NOT NULL,
    first_at  INTEGER NOT NULL, -- ms since 1970, by the device's clock
    first_ms  INTEGER NOT NULL, -- since that boot
    at        INTEGER NOT NULL, -- the last time
    at_ms     INTEGER NOT NULL,
    server_at INTEGER           -- the last time by the server's clock, if that was known
) STRICT;

CREATE INDEX audit_by_origin ON audit (origin_id, milestone, id);

-- Takes the place of the one before it, which no version wrote to.
DROP TABLE refresh_intent;

-- The rotation journal: written before a refresh token is spent, removed with the new pair, or when the try certainly did
-- nothing. A row found at a start: a try may have been made.
CREATE TABLE refresh_intent (
    account_id       TEXT    NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    spent_generation INTEGER NOT NULL, -- whose refresh token: of the newest pair, or of the one before it
    fence            INTEGER NOT NULL, -- of the lease it was written under
    phase            TEXT    NOT NULL CHECK (phase IN ('intended', 'unknown')),
    doubt            INTEGER NOT NULL CHECK (doubt IN (0, 1)), -- an earlier try is unknown
    attempts         INTEGER NOT NULL,
    boot_id          TEXT    NOT NULL,
    started_ms       INTEGER NOT NULL, -- the first try, since that boot
    started_at       INTEGER NOT NULL  -- ms since 1970, by the device's clock
) STRICT;

-- A server that refuses what it has just granted is not asked again before this.
CREATE TABLE refresh_guard (
    account_id TEXT    NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL, -- the last pair that was refused unused
    refusals   INTEGER NOT NULL, -- in a row
    boot_id    TEXT    NOT NULL,
    until_ms   INTEGER NOT NULL  -- since that boot
) STRICT;

-- How the account's last session ended by itself, to be told later; NULL: none did, or the person signed out since.
ALTER TABLE account ADD COLUMN ended_reason TEXT;
ALTER TABLE account ADD COLUMN ended_at INTEGER; -- ms since 1970, by the device's clock
