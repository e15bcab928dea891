SET LOCAL lock_timeout = '2s';
-- Everything a reader or guest writes waits for a moderator.
ALTER TABLE articles ADD COLUMN premoderated boolean NOT NULL DEFAULT false;
UPDATE articles SET premoderated = true, moderation = NULL WHERE moderation = 'all';
