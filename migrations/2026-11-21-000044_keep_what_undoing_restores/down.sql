SET LOCAL lock_timeout = '2s';
DROP INDEX verdicts_by_moderator;
DELETE FROM verdicts WHERE author_id IS NULL;
ALTER TABLE verdicts ALTER COLUMN author_id SET NOT NULL;
ALTER TABLE verdicts DROP CONSTRAINT verdicts_place_whole;
ALTER TABLE verdicts DROP COLUMN first_time;
ALTER TABLE verdicts DROP COLUMN priority;
ALTER TABLE verdicts DROP COLUMN queued_at;
