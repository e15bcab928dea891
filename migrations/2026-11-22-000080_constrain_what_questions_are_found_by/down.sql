SET LOCAL lock_timeout = '2s';
ALTER TABLE question_tags
    ALTER COLUMN article_id DROP NOT NULL,
    ALTER COLUMN language DROP NOT NULL,
    ALTER COLUMN by_guest DROP NOT NULL,
    ALTER COLUMN asked DROP NOT NULL;
ALTER TABLE question_coaches
    ALTER COLUMN article_id DROP NOT NULL,
    ALTER COLUMN language DROP NOT NULL,
    ALTER COLUMN by_guest DROP NOT NULL,
    ALTER COLUMN asked DROP NOT NULL;
