-- For who is erased.
CREATE INDEX CONCURRENTLY questions_decided ON questions (decided_by, comment_id) WHERE decided_by IS NOT NULL;
