SET LOCAL lock_timeout = '2s';
ALTER TABLE question_tags DROP CONSTRAINT question_tags_whole;
ALTER TABLE question_coaches DROP CONSTRAINT question_coaches_whole;
