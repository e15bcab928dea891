-- Every question is written, so that what it is found by takes it over: in batches that each commit, so that whoever claims one
-- meanwhile waits for a batch at most.
DO $$
DECLARE
    done uuid := '00000000-0000-0000-0000-000000000000';
    next uuid;
BEGIN
    LOOP
        SELECT (array_agg(comment_id ORDER BY comment_id DESC))[1] INTO next
        FROM (SELECT comment_id FROM questions WHERE comment_id > done ORDER BY comment_id LIMIT 1000) AS batch;
        EXIT WHEN next IS NULL;
        -- Whoever is writing one of them is waited for, so that what they filed is seen.
        PERFORM FROM questions WHERE comment_id > done AND comment_id <= next ORDER BY comment_id FOR UPDATE;
        UPDATE questions SET asked = coalesce(
            (SELECT array_agg(account_id ORDER BY account_id) FROM question_coaches
             WHERE question_coaches.comment_id = questions.comment_id),
            '{}'
        )
        WHERE comment_id > done AND comment_id <= next;
        COMMIT;
        done := next;
    END LOOP;
END $$;
