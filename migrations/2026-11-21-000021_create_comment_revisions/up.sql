-- Texts that an edit or a moderator replaced, for moderators. Whoever deletes an own comment deletes these too.
CREATE TABLE comment_revisions (
    comment_id    uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    revision      bigint      NOT NULL,
    body_markdown text        NOT NULL,
    -- When this text stopped being the comment's, and by whose hand; null for a guest's.
    replaced_at   timestamptz NOT NULL,
    replaced_by   uuid        REFERENCES accounts ON DELETE SET NULL,
    PRIMARY KEY (comment_id, revision)
);
CREATE INDEX comment_revisions_by_age ON comment_revisions (replaced_at);
CREATE INDEX comment_revisions_by_account ON comment_revisions (replaced_by) WHERE replaced_by IS NOT NULL;
