-- Threads. `parent_id` is the truth at any depth; `root_id` and `path` order the replies under a root.

-- The counter row of an article's thread. Whoever writes to the thread locks it first, so the order of
-- positions and versions is the order of commits.
CREATE TABLE threads (
    article_id    uuid    PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    version       bigint  NOT NULL DEFAULT 0,
    last_position bigint  NOT NULL DEFAULT 0,
    last_root_no  integer NOT NULL DEFAULT 0,
    -- Comments that show text to everybody: neither tombstones nor what waits for a moderator.
    comment_count integer NOT NULL DEFAULT 0,
    -- Roots that have a place in the thread, tombstones among them: what a walk over the pages gives.
    root_count    integer NOT NULL DEFAULT 0,
    CONSTRAINT threads_counts_positive CHECK (comment_count >= 0 AND root_count >= 0)
) WITH (fillfactor = 70);

-- Somebody who comments without an account. The id is known to the public per article only.
CREATE TABLE guests (
    id           uuid        PRIMARY KEY,
    article_id   uuid        NOT NULL REFERENCES articles ON DELETE CASCADE,
    display_name text        NOT NULL
        CONSTRAINT guests_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 80),
    email_hash   bytea,
    email_sealed bytea,
    created_at   timestamptz NOT NULL,
    CONSTRAINT guests_of_article UNIQUE (article_id, id),
    CONSTRAINT guests_email_whole CHECK ((email_hash IS NULL) = (email_sealed IS NULL))
);

CREATE TABLE comments (
    id               uuid        PRIMARY KEY,
    article_id       uuid        NOT NULL REFERENCES articles ON DELETE CASCADE,
    parent_id        uuid,
    root_id          uuid        NOT NULL,
    position         bigint      NOT NULL,
    -- The seed's 1., 2., 3.: taken when a root is first shown.
    root_no          integer,
    depth            integer     NOT NULL,
    -- The positions from below the root down to this comment, in an encoding that sorts as bytes.
    path             bytea       NOT NULL,
    account_id       uuid        REFERENCES accounts,
    guest_id         uuid,
    status           text        NOT NULL
        CONSTRAINT comments_status CHECK (status IN ('visible', 'pending', 'held', 'rejected', 'deleted')),
    -- Has a place in the public thread: visible, or the tombstone that what is visible below hangs on.
    shown            boolean     NOT NULL,
    revision         bigint      NOT NULL DEFAULT 1,
    body_markdown    text        NOT NULL,
    body_html        text        NOT NULL,
    body_text        text        NOT NULL,
    renderer         smallint    NOT NULL,
    -- Direct replies that are shown.
    reply_count      integer     NOT NULL DEFAULT 0,
    -- Shown comments below; kept on roots only, so a deep reply touches two rows, not every ancestor.
    descendant_count integer     NOT NULL DEFAULT 0,
    section_id       text,
    created_at       timestamptz NOT NULL,
    edited_at        timestamptz,
    deleted_at       timestamptz,
    CONSTRAINT comments_of_article UNIQUE (id, article_id),
    CONSTRAINT comments_position_key UNIQUE (article_id, position),
    CONSTRAINT comments_parent_same_article FOREIGN KEY (parent_id, article_id)
        REFERENCES comments (id, article_id),
    CONSTRAINT comments_root_same_article FOREIGN KEY (root_id, article_id)
        REFERENCES comments (id, article_id),
    CONSTRAINT comments_guest_same_article FOREIGN KEY (guest_id, article_id)
        REFERENCES guests (id, article_id),
    CONSTRAINT comments_root_or_reply CHECK ((parent_id IS NULL) = (root_id = id) AND (parent_id IS NULL) = (depth = 0)),
    CONSTRAINT comments_one_author CHECK (num_nonnulls(account_id, guest_id) = 1),
    CONSTRAINT comments_shown CHECK (shown = (status = 'visible' OR reply_count > 0)),
    CONSTRAINT comments_counts_positive CHECK (reply_count >= 0 AND descendant_count >= 0)
);
-- Held spam costs a page nothing: the indexes that pages walk hold only what is shown.
CREATE INDEX comments_roots ON comments (article_id, position) WHERE parent_id IS NULL AND shown;
CREATE INDEX comments_thread ON comments (root_id, path) WHERE parent_id IS NOT NULL AND shown;
CREATE INDEX comments_replies ON comments (parent_id, position) WHERE parent_id IS NOT NULL AND shown;
CREATE INDEX comments_moderated ON comments (status, created_at, id) WHERE status IN ('pending', 'held', 'rejected');
CREATE INDEX comments_by_account ON comments (account_id, id) WHERE account_id IS NOT NULL;
CREATE INDEX comments_by_guest ON comments (guest_id) WHERE guest_id IS NOT NULL;
