-- Days after its publication at which an article takes no more comments; null: as the publication's setting says.
SET LOCAL lock_timeout = '2s';
ALTER TABLE articles
    ADD COLUMN comments_close_after_days integer
        CONSTRAINT articles_comments_close_after_days CHECK (comments_close_after_days BETWEEN 0 AND 36500);
