DROP INDEX comments_of_section, comments_top_of_section;
ALTER TABLE comments RESET (fillfactor);
ALTER TABLE comments
    DROP COLUMN rank, DROP COLUMN reactions, DROP COLUMN pin_no, DROP COLUMN featured_at, DROP COLUMN locked,
    DROP COLUMN quote, DROP COLUMN fragment, DROP COLUMN mention_count;
