DROP INDEX CONCURRENTLY events_without_number;
