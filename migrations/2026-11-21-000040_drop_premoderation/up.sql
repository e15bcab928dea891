SET LOCAL lock_timeout = '2s';
-- What waited for a moderator goes on waiting. Where nothing was said, the publication's setting counts from now on.
UPDATE articles SET moderation = 'all' WHERE premoderated AND moderation IS NULL;
ALTER TABLE articles DROP COLUMN premoderated;
