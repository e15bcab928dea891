SET LOCAL lock_timeout = '2s';
DROP TRIGGER question_is_taken_over ON question_coaches;
DROP TRIGGER question_is_taken_over ON question_tags;
DROP FUNCTION question_is_taken_over;
DROP TRIGGER questions_are_followed ON questions;
DROP FUNCTION questions_are_followed;
ALTER TABLE question_coaches
    DROP COLUMN article_id,
    DROP COLUMN section_id,
    DROP COLUMN language,
    DROP COLUMN by_guest,
    DROP COLUMN claimed_by,
    DROP COLUMN quiet_until,
    DROP COLUMN answer_id,
    DROP COLUMN answered_by,
    DROP COLUMN answered_at,
    DROP COLUMN decided_by,
    DROP COLUMN decided_at,
    DROP COLUMN reopened_at,
    DROP COLUMN asked;
ALTER TABLE question_tags
    DROP COLUMN article_id,
    DROP COLUMN section_id,
    DROP COLUMN language,
    DROP COLUMN by_guest,
    DROP COLUMN claimed_by,
    DROP COLUMN quiet_until,
    DROP COLUMN answer_id,
    DROP COLUMN answered_by,
    DROP COLUMN answered_at,
    DROP COLUMN decided_by,
    DROP COLUMN decided_at,
    DROP COLUMN reopened_at,
    DROP COLUMN asked;
ALTER TABLE questions DROP COLUMN asked;
