SET LOCAL lock_timeout = '2s';
ALTER TABLE events DROP CONSTRAINT events_number_key;
