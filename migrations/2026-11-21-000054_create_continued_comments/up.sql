SET LOCAL lock_timeout = '2s';
-- Comments of which both sides agree that everybody sees that they were continued in private. Nothing leads from here to
-- where.
CREATE TABLE continued_comments (
    comment_id uuid PRIMARY KEY REFERENCES comments ON DELETE CASCADE
);
