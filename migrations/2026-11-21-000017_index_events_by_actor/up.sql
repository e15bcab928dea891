-- Whoever is erased is taken off what they did, too.
CREATE INDEX CONCURRENTLY events_by_actor ON events (actor_id) WHERE actor_id IS NOT NULL;
