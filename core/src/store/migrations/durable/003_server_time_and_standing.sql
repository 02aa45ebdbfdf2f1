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

-- How this device stands with a server: nothing is sent before the cool-down ends, even after a restart.
CREATE TABLE standing (
    origin_id      INTEGER NOT NULL PRIMARY KEY REFERENCES origin (id) ON DELETE CASCADE,
    boot_id        TEXT    NOT NULL,
    cool_until_ms  INTEGER,          -- since that boot; NULL: none
    cool_until_at  INTEGER,          -- ms since 1970: a bound for another boot
    budget_tenths  INTEGER NOT NULL, -- of the retry budget
    open_until_ms  INTEGER,          -- the circuit breaker is open until then; NULL: closed
    open_failures  INTEGER NOT NULL DEFAULT 0
) STRICT;
