DROP INDEX CONCURRENTLY events_unnumbered;
