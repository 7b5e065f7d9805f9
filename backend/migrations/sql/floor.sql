-- Counters of backend/ratelimit.py. Unlogged: after a crash every counter starts at zero, which harms nobody.
CREATE UNLOGGED TABLE rate_count (
    key text NOT NULL,
    starts_at timestamptz NOT NULL,
    hits integer NOT NULL,
    PRIMARY KEY (key, starts_at)
);
CREATE INDEX rate_count_starts_at ON rate_count (starts_at);
