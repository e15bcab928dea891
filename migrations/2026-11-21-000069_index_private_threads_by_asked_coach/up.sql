-- Whoever is erased is taken off the threads.
CREATE INDEX CONCURRENTLY private_threads_by_asked_coach ON private_threads (asked_coach_id) WHERE asked_coach_id IS NOT NULL;
