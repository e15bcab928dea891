DROP INDEX CONCURRENTLY reactions_by_guest;
