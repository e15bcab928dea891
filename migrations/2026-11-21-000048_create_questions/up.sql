SET LOCAL lock_timeout = '2s';
-- The coach desk: what waits, or waited, for a coach. One reader of the events keeps it (`event_readers`), and coaches claim,
-- put off and close what stands in it.
CREATE TABLE questions (
    comment_id  uuid        PRIMARY KEY REFERENCES comments ON DELETE CASCADE,
    article_id  uuid        NOT NULL,
    section_id  text,
    asked_at    timestamptz NOT NULL,
    state       text        NOT NULL DEFAULT 'waiting' CONSTRAINT questions_state
        CHECK (state IN ('waiting', 'claimed', 'snoozed', 'answered', 'answered_elsewhere', 'dismissed')),
    -- Everybody sees it. What is hidden is off the desk and keeps its state.
    shown       boolean     NOT NULL,
    -- When it is its turn: 0 at once, 3 after all others. Three less the priority, so that one index has what should not wait
    -- first and the oldest first.
    turn        smallint    NOT NULL DEFAULT 3 CONSTRAINT questions_turn CHECK (turn BETWEEN 0 AND 3),
    -- The article's.
    language    text        NOT NULL,
    by_guest    boolean     NOT NULL,
    claimed_by  uuid        REFERENCES accounts,
    -- The end of a claim, or until when it was put off: from then on it waits, whatever `state` says.
    quiet_until timestamptz,
    answer_id   uuid,
    answered_by uuid,
    answered_at timestamptz,
    -- Who said last that it needs no answer, or that it does, and when.
    decided_by  uuid,
    decided_at  timestamptz,
    -- Answers from before do not count.
    reopened_at timestamptz,
    CONSTRAINT questions_claim_whole CHECK ((state = 'claimed') = (claimed_by IS NOT NULL)),
    CONSTRAINT questions_quiet_whole CHECK ((state IN ('claimed', 'snoozed')) = (quiet_until IS NOT NULL)),
    CONSTRAINT questions_answer_whole CHECK (
        (state = 'answered') = (answer_id IS NOT NULL) AND (state = 'answered') = (answered_at IS NOT NULL)
    )
);
-- Each is entered at the state and each turn, and read in the order of age.
CREATE INDEX questions_by_age ON questions (state, turn, asked_at, comment_id) WHERE shown;
CREATE INDEX questions_of_article ON questions (article_id, state, turn, asked_at, comment_id) WHERE shown;
CREATE INDEX questions_of_section ON questions (article_id, section_id, state, turn, asked_at, comment_id)
    WHERE shown AND section_id IS NOT NULL;
CREATE INDEX questions_by_language ON questions (language, state, turn, asked_at, comment_id) WHERE shown;
CREATE INDEX questions_by_guest ON questions (by_guest, state, turn, asked_at, comment_id) WHERE shown;
-- What was claimed or put off, as long as it is not over and for a moment after.
CREATE INDEX questions_quiet ON questions (quiet_until, comment_id) WHERE quiet_until IS NOT NULL;
CREATE INDEX questions_claimed ON questions (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX questions_answered ON questions (answered_at, answered_by) WHERE shown AND state = 'answered';
-- For what becomes of an article.
CREATE INDEX questions_under_article ON questions (article_id, comment_id);

-- The tags of a question's article, with what is needed to walk them in order.
CREATE TABLE question_tags (
    comment_id uuid        NOT NULL REFERENCES questions ON DELETE CASCADE,
    tag_id     uuid        NOT NULL REFERENCES tags ON DELETE CASCADE,
    state      text        NOT NULL,
    shown      boolean     NOT NULL,
    turn       smallint    NOT NULL,
    asked_at   timestamptz NOT NULL,
    PRIMARY KEY (comment_id, tag_id)
);
CREATE INDEX question_tags_by_age ON question_tags (tag_id, state, turn, asked_at, comment_id) WHERE shown;

-- Who is asked: the article's authors, those whom the comment mentions, and whoever wrote what it replies to.
CREATE TABLE question_coaches (
    comment_id uuid        NOT NULL REFERENCES questions ON DELETE CASCADE,
    account_id uuid        NOT NULL REFERENCES accounts ON DELETE CASCADE,
    state      text        NOT NULL,
    shown      boolean     NOT NULL,
    turn       smallint    NOT NULL,
    asked_at   timestamptz NOT NULL,
    PRIMARY KEY (comment_id, account_id)
);
CREATE INDEX question_coaches_by_age ON question_coaches (account_id, state, turn, asked_at, comment_id) WHERE shown;

-- The visible answers of the publication's people, and what each answers. Kept apart, so that a question knows its first
-- answer whichever is taken back, and whatever role its author has later.
CREATE TABLE question_answers (
    answer_id  uuid        PRIMARY KEY REFERENCES comments ON DELETE CASCADE,
    -- The comment that is answered. It need not be known as a question yet.
    comment_id uuid        NOT NULL REFERENCES comments ON DELETE CASCADE,
    given_by   uuid,
    given_at   timestamptz NOT NULL
);
CREATE INDEX question_answers_of_question ON question_answers (comment_id, given_at, answer_id);

-- What the desk has yet to look through, page by page, because an event names no comments.
CREATE TABLE desk_scans (
    -- All comments, the comments of an article, or the questions under it that the desk knows.
    kind       text NOT NULL CONSTRAINT desk_scans_kind CHECK (kind IN ('everything', 'thread', 'article')),
    -- The article; the nil UUID for everything.
    article_id uuid NOT NULL,
    -- The last comment that was looked at; the nil UUID at the beginning.
    after_id   uuid NOT NULL,
    PRIMARY KEY (kind, article_id)
);
