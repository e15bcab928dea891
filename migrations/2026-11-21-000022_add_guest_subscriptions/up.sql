-- Whether a guest whose address is verified wants mail about the own comments.
SET LOCAL lock_timeout = '2s';
ALTER TABLE guests ADD COLUMN subscribed boolean NOT NULL DEFAULT true;
