-- Grows with every write that is settled: an answer asked for under an older number may lack what the write did.
ALTER TABLE account ADD COLUMN outbox_revision INTEGER NOT NULL DEFAULT 0;

-- What one line of writes is about: a booking, made here or at the server, or a notification.
CREATE TABLE chain (
    id         TEXT NOT NULL PRIMARY KEY, -- random letters, ours; also the local name of a booking made here
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    lane       BLOB,                      -- keyed hash of the vehicle: chains of one lane go in order of acceptance
    subject    BLOB,                      -- keyed hash of the server's name for it; NULL until the server has one
    name       BLOB                       -- that name, sealed
) STRICT;

CREATE UNIQUE INDEX chain_by_subject ON chain (account_id, subject) WHERE subject IS NOT NULL;

-- A write that was accepted: a promise to a person. Removed only some time after it is settled.
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

CREATE UNIQUE INDEX outbox_by_operation ON outbox (account_id, operation);
CREATE INDEX outbox_by_chain ON outbox (chain_id, seq);
CREATE INDEX outbox_open ON outbox (account_id, seq) WHERE state NOT IN ('done', 'withdrawn');
CREATE INDEX outbox_done ON outbox (account_id, revision) WHERE state = 'done';

-- A file that travels with a write, such as a photo of the fault. Empty until a later version.
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

-- What was decided about sessions, waits and writes, free of secrets. Bounded. Empty until a later version.
CREATE TABLE audit (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id TEXT    REFERENCES account (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL, -- ms since 1970, by the device's clock
    boot_id    TEXT    NOT NULL,
    boot_ms    INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    detail     TEXT    NOT NULL  -- JSON
) STRICT;
