SET LOCAL lock_timeout = '2s';
-- Whether something happened since the walk began that it may have passed already: at its end it begins again.
ALTER TABLE desk_scans ADD COLUMN again boolean NOT NULL DEFAULT false;
-- It served no query: drafts are found by their coach, and comments are never deleted.
DROP INDEX answer_drafts_by_comment;
