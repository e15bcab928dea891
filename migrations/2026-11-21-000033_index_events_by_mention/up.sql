-- Whoever is erased is taken off the events that tell of them, too.
CREATE INDEX CONCURRENTLY events_by_mention ON events USING gin ((data -> 'mentioned')) WHERE data ? 'mentioned';
