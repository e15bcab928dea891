ALTER TABLE signups DROP COLUMN trials;
