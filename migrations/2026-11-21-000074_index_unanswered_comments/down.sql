DROP INDEX CONCURRENTLY comments_unanswered;
