SET LOCAL lock_timeout = '2s';
ALTER TABLE question_tags
    ALTER COLUMN article_id SET NOT NULL,
    ALTER COLUMN language SET NOT NULL,
    ALTER COLUMN by_guest SET NOT NULL,
    ALTER COLUMN asked SET NOT NULL;
ALTER TABLE question_coaches
    ALTER COLUMN article_id SET NOT NULL,
    ALTER COLUMN language SET NOT NULL,
    ALTER COLUMN by_guest SET NOT NULL,
    ALTER COLUMN asked SET NOT NULL;
