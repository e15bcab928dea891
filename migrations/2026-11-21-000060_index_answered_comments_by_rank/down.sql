DROP INDEX CONCURRENTLY comments_answered_top;
