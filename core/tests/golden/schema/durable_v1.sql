-- application_id 0x504d4964, user_version 1, auto_vacuum 0

CREATE TABLE account (
    id               TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 32), -- 128 random bits in hex, ours, not the server's
    origin_id        INTEGER NOT NULL REFERENCES origin (id),
    person           BLOB,             -- salted hash of who it is; NULL once they are to be forgotten
    state            TEXT    NOT NULL CHECK (state IN ('signed_in', 'sign_in_needed', 'signed_out')),
    reason           TEXT,             -- why a sign-in is needed, in the words of the public error
    secret_store     TEXT    NOT NULL, -- which store holds the keys: another never stands in for it
    session_key_name TEXT    NOT NULL,
    outbox_key_name  TEXT    NOT NULL,
    profile          BLOB,             -- sealed
    last_generation  INTEGER NOT NULL, -- of its tokens, over all sign-ins: a late answer to an older session matches nothing
    created_at       INTEGER NOT NULL  -- ms since 1970
) STRICT;

CREATE TABLE cooldown (
    origin_id INTEGER NOT NULL PRIMARY KEY REFERENCES origin (id) ON DELETE CASCADE,
    boot_id   TEXT    NOT NULL,
    until_ms  INTEGER NOT NULL, -- since that boot
    until_at  INTEGER NOT NULL, -- ms since 1970, by the device's clock: a bound for another boot
    budget    REAL              -- what is left of the retry budget
) STRICT;

CREATE TABLE doomed_key (
    secret_store TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    doomed_at    INTEGER NOT NULL, -- ms since 1970
    PRIMARY KEY (secret_store, name)
) STRICT;

CREATE TABLE lease (
    account_id TEXT    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    purpose    TEXT    NOT NULL CHECK (purpose IN ('refresh', 'send')),
    holder     TEXT,             -- NULL: free
    fence      INTEGER NOT NULL,
    boot_id    TEXT,
    expires_ms INTEGER,          -- since that boot
    PRIMARY KEY (account_id, purpose)
) STRICT;

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE origin (
    id              INTEGER PRIMARY KEY,
    url             TEXT NOT NULL UNIQUE,
    dialect         TEXT,    -- JSON, as discovery found it
    discovered_at   INTEGER, -- ms since 1970
    current_account TEXT REFERENCES account (id) ON DELETE SET NULL
) STRICT;

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

CREATE TABLE token (
    account_id          TEXT    NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    generation          INTEGER NOT NULL, -- counts up with each new pair; what a writer must have seen
    sealed              BLOB    NOT NULL, -- bound to account and generation
    previous            BLOB,
    previous_generation INTEGER,
    proven              INTEGER NOT NULL CHECK (proven IN (0, 1)), -- the server has accepted the access token
    fence               INTEGER NOT NULL DEFAULT 0,                -- of the lease it was written under
    saved_at            INTEGER NOT NULL                           -- ms since 1970
) STRICT;

CREATE UNIQUE INDEX account_by_person ON account (origin_id, person) WHERE person IS NOT NULL;
