SET LOCAL lock_timeout = '2s';
-- Its place in the queue, which undoing gives back. Null: it did not wait.
ALTER TABLE verdicts ADD COLUMN queued_at timestamptz;
ALTER TABLE verdicts ADD COLUMN priority smallint;
ALTER TABLE verdicts ADD COLUMN first_time boolean;
ALTER TABLE verdicts ADD CONSTRAINT verdicts_place_whole CHECK (num_nulls(queued_at, priority, first_time) IN (0, 3));
-- Whoever is erased is taken off what was decided on what they wrote.
ALTER TABLE verdicts ALTER COLUMN author_id DROP NOT NULL;
CREATE INDEX verdicts_by_moderator ON verdicts (by_account, at, id);
