-- The rotation journal: written before a refresh token is spent, removed when its outcome is on disk.
CREATE TABLE refresh_intent (
    account_id       TEXT    NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    spent_generation INTEGER NOT NULL, -- whose refresh token it is
    fence            INTEGER NOT NULL,
    phase            TEXT    NOT NULL CHECK (phase IN ('intended', 'sent', 'unknown')),
    attempts         INTEGER NOT NULL DEFAULT 0,
    boot_id          TEXT    NOT NULL,
    started_ms       INTEGER NOT NULL, -- since that boot
    started_at       INTEGER NOT NULL  -- ms since 1970, by the device's clock
) STRICT;

-- Which process may refresh, or send. The row stays when nobody holds it, because its fence only ever grows.
CREATE TABLE lease (
    account_id TEXT    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    purpose    TEXT    NOT NULL CHECK (purpose IN ('refresh', 'send')),
    holder     TEXT,             -- NULL: free
    fence      INTEGER NOT NULL,
    boot_id    TEXT,
    expires_ms INTEGER,          -- since that boot
    PRIMARY KEY (account_id, purpose)
) STRICT;

-- Nothing is sent to a server before this, even after a restart.
CREATE TABLE cooldown (
    origin_id INTEGER NOT NULL PRIMARY KEY REFERENCES origin (id) ON DELETE CASCADE,
    boot_id   TEXT    NOT NULL,
    until_ms  INTEGER NOT NULL, -- since that boot
    until_at  INTEGER NOT NULL, -- ms since 1970, by the device's clock: a bound for another boot
    budget    REAL              -- what is left of the retry budget
) STRICT;
