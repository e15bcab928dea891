DROP INDEX comment_prints_by_expiry;
CREATE INDEX comment_prints_by_expiry ON comment_prints (expires_at);
