-- application_id 0x504d4963, user_version 2, auto_vacuum 2

CREATE TABLE answer (
    account    BLOB    NOT NULL, -- HMAC of the account's id under its index key
    query      BLOB    NOT NULL, -- HMAC of the query's name and arguments under the same key
    schema     INTEGER NOT NULL, -- layout of the sealed bytes: a row of another layout is as good as absent
    sealed     BLOB    NOT NULL, -- bound to account, query and schema; not to the times, which a 304 moves
    size       INTEGER NOT NULL, -- bytes of `sealed`, so that a cap needs no blob read
    fetched_at INTEGER NOT NULL, -- ms since 1970, when the server last confirmed it
    last_read  INTEGER NOT NULL, -- ms since 1970, at most a minute old: what was read longest ago goes first
    etag       TEXT, revision INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, query)
) STRICT;

CREATE INDEX answer_by_last_read ON answer (last_read);
