SET LOCAL lock_timeout = '2s';
-- What a coach has begun to answer. Sealed: until it is posted it is that coach's alone.
CREATE TABLE answer_drafts (
    account_id uuid        NOT NULL REFERENCES accounts ON DELETE CASCADE,
    comment_id uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    sealed     bytea       NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, comment_id)
);
CREATE INDEX answer_drafts_by_account ON answer_drafts (account_id, updated_at, comment_id);
CREATE INDEX answer_drafts_by_comment ON answer_drafts (comment_id);
-- Texts that coaches answer with again and again. Without an author: a shared one whose author was erased.
CREATE TABLE saved_replies (
    id            uuid        PRIMARY KEY,
    revision      bigint      NOT NULL DEFAULT 1,
    author_id     uuid        REFERENCES accounts,
    title         text        NOT NULL
        CONSTRAINT saved_replies_title_length CHECK (char_length(title) BETWEEN 1 AND 120),
    body_markdown text        NOT NULL
        CONSTRAINT saved_replies_body_length CHECK (char_length(body_markdown) BETWEEN 1 AND 20000),
    shared        boolean     NOT NULL,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT saved_replies_somebodys CHECK (shared OR author_id IS NOT NULL)
);
CREATE INDEX saved_replies_by_author ON saved_replies (author_id, title, id);
CREATE INDEX saved_replies_shared ON saved_replies (title, id) WHERE shared;
