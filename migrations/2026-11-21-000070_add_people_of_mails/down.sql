SET LOCAL lock_timeout = '2s';
DROP TABLE former_people;
ALTER TABLE mails DROP COLUMN person_id;
