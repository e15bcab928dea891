-- What happened, in the transaction in which it happened. Rows are inserted without a number; one sequencer
-- numbers what is committed. That number is the only cursor: sequences and transaction ids are not commit order.
CREATE TABLE events (
    id             uuid        PRIMARY KEY,
    number         bigint      CONSTRAINT events_number_key UNIQUE,
    kind           text        NOT NULL,
    -- What the order is kept for: a thread, an article, an account.
    stream         uuid        NOT NULL,
    stream_version bigint      NOT NULL,
    -- What it changes for those who look, separated by blanks.
    tags           text        NOT NULL,
    -- Ids only, never text anybody wrote.
    data           jsonb       NOT NULL,
    actor_id       uuid,
    at             timestamptz NOT NULL
);
CREATE INDEX events_unnumbered ON events (stream, stream_version) WHERE number IS NULL;

-- Answers kept so that a repeated request happens once. They hold no secrets: those are derived again.
CREATE TABLE idempotency_keys (
    scope      text        NOT NULL,
    key        text        NOT NULL,
    operation  text        NOT NULL,
    body_hash  bytea       NOT NULL,
    answer     jsonb       NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
