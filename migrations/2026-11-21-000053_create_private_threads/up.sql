SET LOCAL lock_timeout = '2s';
-- What one reader and the coaches let in say to each other. Every text is sealed with the thread's own key; whoever deletes
-- the row has destroyed it.
CREATE TABLE private_threads (
    id                uuid        PRIMARY KEY,
    -- What it is about, and the public comment that it goes on from.
    article_id        uuid        REFERENCES articles,
    comment_id        uuid        REFERENCES comments,
    -- Not to be deleted without this row: a key must not outlive whose it is.
    reader_account_id uuid        REFERENCES accounts,
    reader_guest_id   uuid        REFERENCES guests,
    state             text        NOT NULL
        CONSTRAINT private_threads_state CHECK (state IN ('invited', 'declined', 'open', 'closed')),
    key_sealed        bytea       NOT NULL,
    title_sealed      bytea,
    invited_by        uuid        REFERENCES accounts,
    -- The one coach whom the reader asked.
    asked_coach_id    uuid        REFERENCES accounts,
    -- Since when no coach is in it; null while one is, or while none is to be.
    waiting_since     timestamptz,
    created_at        timestamptz NOT NULL,
    opened_at         timestamptz,
    closed_at         timestamptz,
    -- When something was last said in it.
    last_at           timestamptz NOT NULL,
    last_no           bigint      NOT NULL DEFAULT 0,
    -- The last message that the reader has read, and the last that a mail told of.
    reader_read_no    bigint      NOT NULL DEFAULT 0,
    reader_told_no    bigint      NOT NULL DEFAULT 0,
    -- Who agrees that the comment says that it was continued in private.
    reader_agrees     boolean     NOT NULL DEFAULT false,
    coaches_agree     boolean     NOT NULL DEFAULT false,
    reader_left_at    timestamptz,
    CONSTRAINT private_threads_one_reader CHECK (num_nonnulls(reader_account_id, reader_guest_id) = 1),
    CONSTRAINT private_threads_waiting_open CHECK (waiting_since IS NULL OR state = 'open'),
    -- No coach asks twice because of one comment.
    CONSTRAINT private_threads_one_invitation UNIQUE (comment_id, invited_by)
);
CREATE INDEX private_threads_of_account ON private_threads (reader_account_id, last_at, id)
    WHERE reader_account_id IS NOT NULL;
CREATE INDEX private_threads_of_guest ON private_threads (reader_guest_id, last_at, id) WHERE reader_guest_id IS NOT NULL;
CREATE INDEX private_threads_waiting ON private_threads (waiting_since, id) WHERE waiting_since IS NOT NULL;

-- The coaches who are in a thread. Whoever goes is deleted here, and sees nothing from then on.
CREATE TABLE private_coaches (
    thread_id   uuid        NOT NULL REFERENCES private_threads ON DELETE CASCADE,
    account_id  uuid        NOT NULL REFERENCES accounts,
    -- Herself, or whoever handed it over.
    admitted_by uuid,
    admitted_at timestamptz NOT NULL,
    read_no     bigint      NOT NULL DEFAULT 0,
    told_no     bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (thread_id, account_id)
);
CREATE INDEX private_coaches_of_account ON private_coaches (account_id);

CREATE TABLE private_messages (
    id          uuid        PRIMARY KEY,
    thread_id   uuid        NOT NULL REFERENCES private_threads ON DELETE CASCADE,
    no          bigint      NOT NULL,
    by_reader   boolean     NOT NULL,
    -- Which coach; null for the reader, and for a coach who was erased.
    coach_id    uuid,
    -- Markdown, what was made of it and what it quotes. Null when it was deleted.
    body_sealed bytea,
    revision    bigint      NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL,
    edited_at   timestamptz,
    deleted_at  timestamptz,
    CONSTRAINT private_messages_place UNIQUE (thread_id, no),
    CONSTRAINT private_messages_one_author CHECK (NOT (by_reader AND coach_id IS NOT NULL)),
    CONSTRAINT private_messages_deleted_whole CHECK ((body_sealed IS NULL) = (deleted_at IS NOT NULL))
);
CREATE INDEX private_messages_of_coach ON private_messages (coach_id, id) WHERE coach_id IS NOT NULL;

-- What somebody has begun to write: one text in each thread.
CREATE TABLE private_drafts (
    thread_id  uuid        NOT NULL REFERENCES private_threads ON DELETE CASCADE,
    -- An account or a guest.
    person_id  uuid        NOT NULL,
    sealed     bytea       NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (thread_id, person_id)
);
CREATE INDEX private_drafts_of_person ON private_drafts (person_id);
