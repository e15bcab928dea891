-- When the texts of a comment that a moderator deleted go for good. What says so is the row itself, so that the sweep
-- looks at nothing that stays.
SET LOCAL lock_timeout = '2s';
ALTER TABLE comment_revisions ADD COLUMN expires_at timestamptz;
CREATE INDEX comment_revisions_by_expiry ON comment_revisions (expires_at) WHERE expires_at IS NOT NULL;
DROP INDEX comment_revisions_by_age;
