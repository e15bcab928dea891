-- Challenges that were used: each is good once. Unlogged: they live for minutes, and a crash of Postgres lets a few be
-- used again.
CREATE UNLOGGED TABLE used_challenges (
    id         bytea       PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX used_challenges_by_expiry ON used_challenges (expires_at);

-- Keyed hashes of who wrote what where, so that the same is not posted twice. Unlogged for the same reasons.
CREATE UNLOGGED TABLE comment_prints (
    print      bytea       PRIMARY KEY,
    comment_id uuid        NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX comment_prints_by_expiry ON comment_prints (expires_at);
