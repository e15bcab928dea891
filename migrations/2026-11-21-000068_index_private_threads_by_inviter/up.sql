-- Whoever is erased is taken off the threads.
CREATE INDEX CONCURRENTLY private_threads_by_inviter ON private_threads (invited_by) WHERE invited_by IS NOT NULL;
