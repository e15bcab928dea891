SET LOCAL lock_timeout = '2s';
-- Why a text was held back, pointed out or let pass with a note.
CREATE TABLE comment_hits (
    comment_id uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    -- Of the text that was looked at.
    revision   bigint      NOT NULL,
    place      smallint    NOT NULL,
    check_name text        NOT NULL,
    rule_id    uuid,
    action     text        NOT NULL CONSTRAINT comment_hits_action CHECK (action IN ('note', 'nudge', 'wait', 'hold', 'reject')),
    detail     text        NOT NULL,
    at         timestamptz NOT NULL,
    PRIMARY KEY (comment_id, revision, place)
);

-- What waits for a moderator: the queue, small however many comments there are. A comment has a row from when it waits, or
-- is reported, until somebody decides.
CREATE TABLE reviews (
    comment_id    uuid        PRIMARY KEY REFERENCES comments ON DELETE CASCADE,
    article_id    uuid        NOT NULL,
    state         text        NOT NULL CONSTRAINT reviews_state CHECK (state IN ('pending', 'held', 'reported')),
    queued_at     timestamptz NOT NULL,
    -- How soon somebody should look: 0 in its turn, 3 at once.
    priority      smallint    NOT NULL DEFAULT 0 CONSTRAINT reviews_priority CHECK (priority BETWEEN 0 AND 3),
    -- Who wrote it, as an account or a guest.
    author_id     uuid        NOT NULL,
    by_guest      boolean     NOT NULL,
    has_link      boolean     NOT NULL,
    first_time    boolean     NOT NULL,
    edited        boolean     NOT NULL,
    reports       integer     NOT NULL DEFAULT 0 CONSTRAINT reviews_reports_positive CHECK (reports >= 0),
    -- When the external check is asked next; null when there is nothing to ask.
    external_at   timestamptz,
    -- Who works on it, and until when nobody else does.
    claimed_by    uuid        REFERENCES accounts ON DELETE SET NULL,
    claimed_until timestamptz,
    CONSTRAINT reviews_claim_whole CHECK (claimed_by IS NULL OR claimed_until IS NOT NULL)
);
CREATE INDEX reviews_by_age ON reviews (queued_at, comment_id);
CREATE INDEX reviews_by_risk ON reviews (priority, queued_at, comment_id);
CREATE INDEX reviews_by_author ON reviews (author_id);
CREATE INDEX reviews_external ON reviews (external_at) WHERE external_at IS NOT NULL;

-- What was decided on a comment, by whom and why. Appended; only undoing marks a row.
CREATE TABLE verdicts (
    id         uuid        PRIMARY KEY,
    comment_id uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    author_id  uuid        NOT NULL,
    was        text        NOT NULL,
    became     text        NOT NULL CONSTRAINT verdicts_became CHECK (became IN ('visible', 'pending', 'held', 'rejected', 'deleted')),
    reason     text,
    -- What its author is told beside the reason.
    message    text        CONSTRAINT verdicts_message CHECK (char_length(message) <= 1000),
    -- Null: decided by itself.
    by_account uuid,
    at         timestamptz NOT NULL,
    undone_by  uuid,
    undone_at  timestamptz,
    CONSTRAINT verdicts_undone_whole CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX verdicts_of_comment ON verdicts (comment_id, at, id);
CREATE INDEX verdicts_of_author ON verdicts (author_id, at) WHERE undone_at IS NULL;
CREATE INDEX verdicts_by_time ON verdicts (at, id);

-- What waits already.
INSERT INTO reviews (comment_id, article_id, state, queued_at, author_id, by_guest, has_link, first_time, edited)
SELECT id, article_id, status, created_at, coalesce(account_id, guest_id), guest_id IS NOT NULL, body_html LIKE '%<a %', false,
       edited_at IS NOT NULL
FROM comments WHERE status IN ('pending', 'held');
