SET LOCAL lock_timeout = '2s';
ALTER TABLE reviews DROP COLUMN external_tries;
