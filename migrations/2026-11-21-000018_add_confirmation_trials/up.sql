-- How often a sign-up's code was shown with a password: after a few wrong ones it is good no more.
SET LOCAL lock_timeout = '2s';
ALTER TABLE signups ADD COLUMN trials smallint NOT NULL DEFAULT 0;
