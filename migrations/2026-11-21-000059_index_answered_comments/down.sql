DROP INDEX CONCURRENTLY comments_answered;
