SET LOCAL lock_timeout = '2s';
-- Looked through while others read and write; what is known then is not looked through again.
ALTER TABLE question_tags VALIDATE CONSTRAINT question_tags_whole;
ALTER TABLE question_coaches VALIDATE CONSTRAINT question_coaches_whole;
ALTER TABLE question_tags
    ALTER COLUMN article_id SET NOT NULL,
    ALTER COLUMN language SET NOT NULL,
    ALTER COLUMN by_guest SET NOT NULL,
    ALTER COLUMN asked SET NOT NULL,
    DROP CONSTRAINT question_tags_whole;
ALTER TABLE question_coaches
    ALTER COLUMN article_id SET NOT NULL,
    ALTER COLUMN language SET NOT NULL,
    ALTER COLUMN by_guest SET NOT NULL,
    ALTER COLUMN asked SET NOT NULL,
    DROP CONSTRAINT question_coaches_whole;
