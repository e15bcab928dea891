SET LOCAL lock_timeout = '2s';
-- Who is asked stands in the question, too: whether whoever looks is among them is read with it, and not looked up for each.
ALTER TABLE questions ADD COLUMN asked uuid[] NOT NULL DEFAULT '{}';
-- What a question is found by holds all of it: a page by tag, or of what a coach is asked, is read where it is walked.
ALTER TABLE question_tags
    ADD COLUMN article_id  uuid,
    ADD COLUMN section_id  text,
    ADD COLUMN language    text,
    ADD COLUMN by_guest    boolean,
    ADD COLUMN claimed_by  uuid,
    ADD COLUMN quiet_until timestamptz,
    ADD COLUMN answer_id   uuid,
    ADD COLUMN answered_by uuid,
    ADD COLUMN answered_at timestamptz,
    ADD COLUMN decided_by  uuid,
    ADD COLUMN decided_at  timestamptz,
    ADD COLUMN reopened_at timestamptz,
    ADD COLUMN asked       uuid[];
ALTER TABLE question_coaches
    ADD COLUMN article_id  uuid,
    ADD COLUMN section_id  text,
    ADD COLUMN language    text,
    ADD COLUMN by_guest    boolean,
    ADD COLUMN claimed_by  uuid,
    ADD COLUMN quiet_until timestamptz,
    ADD COLUMN answer_id   uuid,
    ADD COLUMN answered_by uuid,
    ADD COLUMN answered_at timestamptz,
    ADD COLUMN decided_by  uuid,
    ADD COLUMN decided_at  timestamptz,
    ADD COLUMN reopened_at timestamptz,
    ADD COLUMN asked       uuid[];
-- They are as their question is, whoever changes it.
-- By their keys, whatever the tables were like when a connection planned it.
CREATE FUNCTION questions_are_followed() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    UPDATE question_tags
    SET (article_id, section_id, asked_at, state, shown, turn, language, by_guest, claimed_by, quiet_until,
         answer_id, answered_by, answered_at, decided_by, decided_at, reopened_at, asked)
        = (changed.article_id, changed.section_id, changed.asked_at, changed.state, changed.shown, changed.turn,
           changed.language, changed.by_guest, changed.claimed_by, changed.quiet_until, changed.answer_id,
           changed.answered_by, changed.answered_at, changed.decided_by, changed.decided_at, changed.reopened_at,
           changed.asked)
    FROM changed WHERE question_tags.comment_id = changed.comment_id;
    UPDATE question_coaches
    SET (article_id, section_id, asked_at, state, shown, turn, language, by_guest, claimed_by, quiet_until,
         answer_id, answered_by, answered_at, decided_by, decided_at, reopened_at, asked)
        = (changed.article_id, changed.section_id, changed.asked_at, changed.state, changed.shown, changed.turn,
           changed.language, changed.by_guest, changed.claimed_by, changed.quiet_until, changed.answer_id,
           changed.answered_by, changed.answered_at, changed.decided_by, changed.decided_at, changed.reopened_at,
           changed.asked)
    FROM changed WHERE question_coaches.comment_id = changed.comment_id;
    RETURN NULL;
END $$;
CREATE TRIGGER questions_are_followed AFTER UPDATE ON questions REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION questions_are_followed();
CREATE FUNCTION question_is_taken_over() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    SELECT article_id, section_id, asked_at, state, shown, turn, language, by_guest, claimed_by, quiet_until,
           answer_id, answered_by, answered_at, decided_by, decided_at, reopened_at, asked
    INTO NEW.article_id, NEW.section_id, NEW.asked_at, NEW.state, NEW.shown, NEW.turn, NEW.language, NEW.by_guest,
         NEW.claimed_by, NEW.quiet_until, NEW.answer_id, NEW.answered_by, NEW.answered_at, NEW.decided_by,
         NEW.decided_at, NEW.reopened_at, NEW.asked
    FROM questions WHERE questions.comment_id = NEW.comment_id;
    RETURN NEW;
END $$;
CREATE TRIGGER question_is_taken_over BEFORE INSERT ON question_tags
    FOR EACH ROW EXECUTE FUNCTION question_is_taken_over();
CREATE TRIGGER question_is_taken_over BEFORE INSERT ON question_coaches
    FOR EACH ROW EXECUTE FUNCTION question_is_taken_over();
