-- How the person behind a session proved who they are, and from where; which key signs from when.
SET LOCAL lock_timeout = '2s';
ALTER TABLE sessions
    -- The last time that the password (and the second factor, where there is one) was given.
    ADD COLUMN proven_at        timestamptz,
    ADD COLUMN second_factor_at timestamptz,
    -- Keyed hash of the network prefix that the log-in came from; never the address.
    ADD COLUMN network_hash     bytea,
    DROP CONSTRAINT sessions_ended_by,
    ADD CONSTRAINT sessions_ended_by
        CHECK (ended_by IN ('logout', 'reuse', 'password', 'ban', 'role', 'second_factor', 'erasure'));
UPDATE sessions SET proven_at = created_at;
ALTER TABLE sessions ALTER COLUMN proven_at SET NOT NULL;

ALTER TABLE signing_keys ADD COLUMN signs_from timestamptz;
UPDATE signing_keys SET signs_from = created_at;
ALTER TABLE signing_keys ALTER COLUMN signs_from SET NOT NULL;
