-- Only what has a number: an entry for each event that waits for one would be written for nobody to look up, and would stand
-- behind all numbers, where the next of them belongs.
CREATE UNIQUE INDEX CONCURRENTLY events_by_number ON events (number) WHERE number IS NOT NULL;
