-- application_id 0x504d4964, user_version 3, auto_vacuum 0

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
, outbox_revision INTEGER NOT NULL DEFAULT 0, ended_reason TEXT, ended_at INTEGER) STRICT;

CREATE TABLE attachment (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    seq      INTEGER NOT NULL REFERENCES outbox (seq) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'unknown', 'done', 'rejected')),
    size     INTEGER NOT NULL, -- bytes, before sealing
    about    BLOB    NOT NULL, -- sealed: type, digest, and what the server calls it
    sent     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (seq, position)
) STRICT;

CREATE TABLE attachment_part (
    attachment_id INTEGER NOT NULL REFERENCES attachment (id) ON DELETE CASCADE,
    number        INTEGER NOT NULL,
    sealed        BLOB    NOT NULL,
    PRIMARY KEY (attachment_id, number)
) STRICT;

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

CREATE TABLE chain (
    id         TEXT NOT NULL PRIMARY KEY, -- random letters, ours; also the local name of a booking made here
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    lane       BLOB,                      -- keyed hash of the vehicle: chains of one lane go in order of acceptance
    subject    BLOB,                      -- keyed hash of the server's name for it; NULL until the server has one
    name       BLOB                       -- that name, sealed
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

CREATE TABLE outbox (
    seq           INTEGER PRIMARY KEY AUTOINCREMENT, -- order of acceptance; never given twice
    uid           BLOB    NOT NULL,                  -- random; what the sealed columns are bound to
    account_id    TEXT    NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    chain_id      TEXT    NOT NULL REFERENCES chain (id) ON DELETE CASCADE,
    operation     BLOB    NOT NULL,                  -- keyed hash of the operation id: accepted once
    state         TEXT    NOT NULL CHECK (state IN
                      ('queued', 'sending', 'unknown', 'done', 'rejected', 'conflict', 'withdrawn')),
    command       BLOB    NOT NULL,                  -- sealed: what is to be done
    outcome       BLOB,                              -- sealed: what came of it
    fence         INTEGER NOT NULL DEFAULT 0,        -- of the lease it was last claimed under
    attempts      INTEGER NOT NULL DEFAULT 0,        -- how often it was sent
    first_sent_at INTEGER,                           -- ms since 1970 by the server's clock: until when its key is good
    ended_boot    TEXT,                              -- when the last attempt had ended, at the latest
    ended_ms      INTEGER,                           -- since that boot
    ended_at      INTEGER,                           -- the same in ms since 1970, for another boot
    looks         INTEGER NOT NULL DEFAULT 0,        -- look-ups since then that did not find it
    failures      INTEGER NOT NULL DEFAULT 0,        -- in a row, without a definite answer
    retry_boot    TEXT,                              -- not before this is it tried again
    retry_ms      INTEGER,
    retry_at      INTEGER,
    revision      INTEGER NOT NULL DEFAULT 0,        -- of the account, when it was settled
    accepted_at   INTEGER NOT NULL,                  -- ms since 1970
    changed_at    INTEGER NOT NULL                   -- ms since 1970
) STRICT;

CREATE TABLE refresh_guard (
    account_id TEXT    NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    generation INTEGER NOT NULL, -- the last pair that was refused unused
    refusals   INTEGER NOT NULL, -- in a row
    boot_id    TEXT    NOT NULL,
    until_ms   INTEGER NOT NULL  -- since that boot
) STRICT;

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

CREATE TABLE server_time (
    origin_id INTEGER NOT NULL PRIMARY KEY REFERENCES origin (id) ON DELETE CASCADE,
    boot_id   TEXT    NOT NULL,
    boot_ms   INTEGER NOT NULL, -- since that boot
    at        INTEGER NOT NULL, -- ms since 1970, by the server's clock
    error_ms  INTEGER NOT NULL, -- how far off that can be
    wall      INTEGER NOT NULL  -- ms since 1970, by this device's clock at that point: a guess for another boot
) STRICT;

CREATE TABLE sqlite_sequence(name,seq);

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

CREATE INDEX audit_by_origin ON audit (origin_id, milestone, id);

CREATE UNIQUE INDEX chain_by_subject ON chain (account_id, subject) WHERE subject IS NOT NULL;

CREATE INDEX outbox_by_chain ON outbox (chain_id, seq);

CREATE UNIQUE INDEX outbox_by_operation ON outbox (account_id, operation);

CREATE INDEX outbox_done ON outbox (account_id, revision) WHERE state = 'done';

CREATE INDEX outbox_open ON outbox (account_id, seq) WHERE state NOT IN ('done', 'withdrawn');
