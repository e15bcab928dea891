SET LOCAL lock_timeout = '2s';
DROP TABLE private_accesses;
