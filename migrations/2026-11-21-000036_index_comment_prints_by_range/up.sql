-- Every comment writes here, so its indexes cost every comment. Prints expire in the order in which they are taken, which is
-- what a BRIN is for.
DROP INDEX comment_prints_by_expiry;
CREATE INDEX comment_prints_by_expiry ON comment_prints USING brin (expires_at);
