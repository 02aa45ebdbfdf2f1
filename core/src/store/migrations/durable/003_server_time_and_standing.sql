-- A server's clock at a point of this device's boot clock, as its answers told it.
CREATE TABLE server_time (
    origin_id INTEGER NOT NULL PRIMARY KEY REFERENCES origin (id) ON DELETE CASCADE,
    boot_id   TEXT    NOT NULL,
    boot_ms   INTEGER NOT NULL, -- since that boot
    at        INTEGER NOT NULL, -- ms since 1970, by the server's clock
    error_ms  INTEGER NOT NULL  -- how far off that can be
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
