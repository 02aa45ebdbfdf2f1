-- What is known of this installation; `person_salt` is the only key so far.
CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- A server. Everything below belongs to one: another server never receives it.
CREATE TABLE origin (
    id              INTEGER PRIMARY KEY,
    url             TEXT NOT NULL UNIQUE,
    dialect         TEXT,    -- JSON, as discovery found it
    discovered_at   INTEGER, -- ms since 1970
    current_account TEXT REFERENCES account (id) ON DELETE SET NULL
) STRICT;

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

CREATE UNIQUE INDEX account_by_person ON account (origin_id, person) WHERE person IS NOT NULL;

-- The token pair of a signed-in account, and the pair before it until the newer one has worked.
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

-- A key that must not outlive what it opened, until the secret store has confirmed that it is gone.
CREATE TABLE doomed_key (
    secret_store TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    doomed_at    INTEGER NOT NULL, -- ms since 1970
    PRIMARY KEY (secret_store, name)
) STRICT;
