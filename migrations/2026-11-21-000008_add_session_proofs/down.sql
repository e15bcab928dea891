ALTER TABLE signing_keys DROP COLUMN signs_from;
UPDATE sessions SET ended_by = 'logout' WHERE ended_by IN ('ban', 'role', 'second_factor', 'erasure');
ALTER TABLE sessions
    DROP CONSTRAINT sessions_ended_by,
    ADD CONSTRAINT sessions_ended_by CHECK (ended_by IN ('logout', 'reuse', 'password')),
    DROP COLUMN network_hash,
    DROP COLUMN second_factor_at,
    DROP COLUMN proven_at;
