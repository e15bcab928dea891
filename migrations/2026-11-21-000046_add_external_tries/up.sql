SET LOCAL lock_timeout = '2s';
-- How often the external check was asked about the text as it is now.
ALTER TABLE reviews ADD COLUMN external_tries smallint NOT NULL DEFAULT 0;
