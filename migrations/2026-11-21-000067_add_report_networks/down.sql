SET LOCAL lock_timeout = '2s';
ALTER TABLE reports DROP COLUMN network_hash;
