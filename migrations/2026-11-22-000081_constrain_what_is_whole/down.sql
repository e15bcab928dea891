SET LOCAL lock_timeout = '2s';
ALTER TABLE question_tags
    ALTER COLUMN article_id DROP NOT NULL,
    ALTER COLUMN language DROP NOT NULL,
    ALTER COLUMN by_guest DROP NOT NULL,
    ALTER COLUMN asked DROP NOT NULL,
    ADD CONSTRAINT question_tags_whole
        CHECK (article_id IS NOT NULL AND language IS NOT NULL AND by_guest IS NOT NULL AND asked IS NOT NULL) NOT VALID;
ALTER TABLE question_coaches
    ALTER COLUMN article_id DROP NOT NULL,
    ALTER COLUMN language DROP NOT NULL,
    ALTER COLUMN by_guest DROP NOT NULL,
    ALTER COLUMN asked DROP NOT NULL,
    ADD CONSTRAINT question_coaches_whole
        CHECK (article_id IS NOT NULL AND language IS NOT NULL AND by_guest IS NOT NULL AND asked IS NOT NULL) NOT VALID;
