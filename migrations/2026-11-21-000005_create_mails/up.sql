-- Mail to be sent. Address and content are sealed: they hold one-time codes.
CREATE TABLE mails (
    id              uuid        PRIMARY KEY,
    sealed          bytea       NOT NULL,
    attempts        smallint    NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    sent_at         timestamptz,
    -- Given up after the last attempt; the reason holds no address.
    failed_at       timestamptz,
    failure         text
);
CREATE INDEX mails_waiting ON mails (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL;
