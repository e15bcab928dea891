SET LOCAL lock_timeout = '2s';
-- On a root: answers below that are visible. On a reply: 1 if it is an answer, that is, if one of the publication's people
-- answers with it who began the conversation; what its writer was then counts, whatever becomes of them.
ALTER TABLE comments
    ADD COLUMN answers integer NOT NULL DEFAULT 0,
    ADD CONSTRAINT comments_answers CHECK (answers >= 0 AND (parent_id IS NULL OR answers <= 1)) NOT VALID;
ALTER TABLE comments VALIDATE CONSTRAINT comments_answers;
UPDATE comments SET answers = 1
FROM comments AS parents, comments AS roots, accounts
WHERE parents.id = comments.parent_id AND roots.id = comments.root_id AND accounts.id = comments.account_id
  AND accounts.role IN ('coach', 'moderator', 'admin') AND roots.account_id IS DISTINCT FROM comments.account_id
  AND (parents.id = roots.id OR parents.account_id = roots.account_id OR parents.guest_id = roots.guest_id);
UPDATE comments SET answers = given.number
FROM (SELECT root_id, count(*) AS number FROM comments
      WHERE parent_id IS NOT NULL AND answers > 0 AND status = 'visible' GROUP BY root_id) AS given
WHERE comments.id = given.root_id;
-- What its author says, to everybody, of having corrected a comment: with the revision that this made.
CREATE TABLE corrections (
    comment_id   uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    revision     bigint      NOT NULL,
    note         text        NOT NULL
        CONSTRAINT corrections_note_length CHECK (char_length(note) BETWEEN 1 AND 500),
    corrected_at timestamptz NOT NULL,
    PRIMARY KEY (comment_id, revision)
);
