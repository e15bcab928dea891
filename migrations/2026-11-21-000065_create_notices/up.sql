SET LOCAL lock_timeout = '2s';
-- What was mailed because of a comment, so that nobody hears of the same twice. Who wrote the comment stands there alone.
CREATE TABLE notices (
    comment_id uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    kind       text        NOT NULL CONSTRAINT notices_kind CHECK (kind IN ('answer', 'approval')),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (comment_id, kind)
);
