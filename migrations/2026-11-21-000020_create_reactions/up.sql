-- Who finds a comment what: one row for each person and kind.
CREATE TABLE reactions (
    comment_id uuid        NOT NULL,
    article_id uuid        NOT NULL,
    kind       text        NOT NULL,
    account_id uuid        REFERENCES accounts,
    guest_id   uuid,
    person_id  uuid        NOT NULL GENERATED ALWAYS AS (coalesce(account_id, guest_id)) STORED,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (comment_id, kind, person_id),
    CONSTRAINT reactions_one_person CHECK (num_nonnulls(account_id, guest_id) = 1),
    CONSTRAINT reactions_comment_same_article FOREIGN KEY (comment_id, article_id)
        REFERENCES comments (id, article_id) ON DELETE CASCADE,
    CONSTRAINT reactions_guest_same_article FOREIGN KEY (guest_id, article_id) REFERENCES guests (id, article_id)
);
-- What somebody gave on one article.
CREATE INDEX reactions_of_person ON reactions (person_id, article_id);
