SET LOCAL lock_timeout = '2s';
ALTER TABLE question_tags ADD CONSTRAINT question_tags_whole
    CHECK (article_id IS NOT NULL AND language IS NOT NULL AND by_guest IS NOT NULL AND asked IS NOT NULL) NOT VALID;
ALTER TABLE question_coaches ADD CONSTRAINT question_coaches_whole
    CHECK (article_id IS NOT NULL AND language IS NOT NULL AND by_guest IS NOT NULL AND asked IS NOT NULL) NOT VALID;
