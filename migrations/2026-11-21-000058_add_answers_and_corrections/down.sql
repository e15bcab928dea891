SET LOCAL lock_timeout = '2s';
DROP TABLE corrections;
ALTER TABLE comments DROP COLUMN answers;
