DROP INDEX CONCURRENTLY questions_decided;
