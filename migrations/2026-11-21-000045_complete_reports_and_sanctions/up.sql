SET LOCAL lock_timeout = '2s';
-- A report outlives its reporter, without telling whose it was: what was reported is still to be decided.
ALTER TABLE reports ALTER COLUMN reporter_id DROP NOT NULL;
CREATE INDEX reports_of_comment ON reports (comment_id, created_at, id);
-- Those of one person were found by the time at which they were made; ids begin with it.
DROP INDEX reports_of_reporter;
CREATE INDEX reports_of_reporter ON reports (reporter_id, id);

-- Whoever is warned says that they have read it.
ALTER TABLE sanctions ADD COLUMN acknowledged_at timestamptz;
DROP INDEX sanctions_by_creation;

-- Where comments came from, as keyed hashes, for a while: by them a network can be kept from writing. Not bound to the
-- comments, since every comment writes here and the rows go by their age.
CREATE TABLE comment_networks (
    comment_id   uuid        PRIMARY KEY,
    network_hash bytea       NOT NULL,
    at           timestamptz NOT NULL
);
CREATE INDEX comment_networks_by_age ON comment_networks USING brin (at);
