SET LOCAL lock_timeout = '2s';
CREATE INDEX answer_drafts_by_comment ON answer_drafts (comment_id);
ALTER TABLE desk_scans DROP COLUMN again;
