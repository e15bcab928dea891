SET LOCAL lock_timeout = '2s';
ALTER TABLE events ADD CONSTRAINT events_number_key UNIQUE (number);
