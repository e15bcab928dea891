SET LOCAL lock_timeout = '2s';
-- What becomes of an article is looked for in its thread: a second walk, of its questions alone, would need an index of theirs
-- that every question pays for.
DELETE FROM desk_scans AS scan
WHERE kind = 'article'
  AND EXISTS (SELECT FROM desk_scans AS other WHERE other.kind = 'thread' AND other.article_id = scan.article_id);
UPDATE desk_scans SET kind = 'thread', after_id = '00000000-0000-0000-0000-000000000000' WHERE kind = 'article';
ALTER TABLE desk_scans
    DROP CONSTRAINT desk_scans_kind,
    ADD CONSTRAINT desk_scans_kind CHECK (kind IN ('everything', 'thread'));
