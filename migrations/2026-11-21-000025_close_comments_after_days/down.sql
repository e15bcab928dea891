ALTER TABLE articles DROP COLUMN comments_close_after_days;
