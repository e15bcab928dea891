-- What readers say of a comment: one each.
CREATE TABLE reports (
    id          uuid        PRIMARY KEY,
    comment_id  uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    -- An account or a guest.
    reporter_id uuid        NOT NULL,
    by_guest    boolean     NOT NULL,
    reason      text        NOT NULL,
    note        text        CONSTRAINT reports_note CHECK (char_length(note) <= 1000),
    -- The text that it is about.
    revision    bigint      NOT NULL,
    -- Whether it counts towards holding the comment: not from those whose reports are dismissed again and again.
    counts      boolean     NOT NULL,
    created_at  timestamptz NOT NULL,
    outcome     text        CONSTRAINT reports_outcome CHECK (outcome IN ('upheld', 'dismissed')),
    decided_at  timestamptz,
    CONSTRAINT reports_one_each UNIQUE (comment_id, reporter_id),
    CONSTRAINT reports_decided_whole CHECK ((outcome IS NULL) = (decided_at IS NULL))
);
CREATE INDEX reports_of_reporter ON reports (reporter_id, created_at, id);

-- Who is called when a comment should not wait, in this order.
CREATE TABLE on_call (
    account_id uuid     PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    place      smallint NOT NULL CONSTRAINT on_call_place_key UNIQUE
);

-- A comment that should not wait, and who has been called because of it.
CREATE TABLE alerts (
    id              uuid        PRIMARY KEY,
    comment_id      uuid        NOT NULL CONSTRAINT alerts_comment_key UNIQUE REFERENCES comments ON DELETE CASCADE,
    priority        smallint    NOT NULL,
    created_at      timestamptz NOT NULL,
    -- How many have been called.
    calls           integer     NOT NULL DEFAULT 0,
    -- When the next is called; null once somebody has answered, or all have been called.
    next_at         timestamptz,
    acknowledged_by uuid,
    acknowledged_at timestamptz,
    CONSTRAINT alerts_acknowledged_whole CHECK ((acknowledged_by IS NULL) = (acknowledged_at IS NULL))
);
CREATE INDEX alerts_due ON alerts (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX alerts_by_time ON alerts (created_at, id);
