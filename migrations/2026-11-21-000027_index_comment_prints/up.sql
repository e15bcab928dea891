-- Prints go with their comment: when it is deleted or changed, or its author erased.
SET LOCAL lock_timeout = '2s';
CREATE INDEX comment_prints_by_comment ON comment_prints (comment_id);
