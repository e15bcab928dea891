CREATE INDEX comment_revisions_by_age ON comment_revisions (replaced_at);
DROP INDEX comment_revisions_by_expiry;
ALTER TABLE comment_revisions DROP COLUMN expires_at;
