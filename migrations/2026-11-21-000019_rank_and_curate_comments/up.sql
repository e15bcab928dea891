-- What a comment is besides its text: how high it stands by `top`, what readers give it, what staff make of it.
SET LOCAL lock_timeout = '2s';
ALTER TABLE comments
    -- 10^6 * (ln(1 + reactions) + seconds of its time / 172 800): constant between reactions, so that pages by it hold.
    ADD COLUMN rank          bigint,
    -- Counts by kind; a kind without any is left out.
    ADD COLUMN reactions     jsonb    NOT NULL DEFAULT '{}',
    -- Its place among the pinned roots of its article.
    ADD COLUMN pin_no        integer,
    ADD COLUMN featured_at   timestamptz,
    -- Nobody but staff answers here or below.
    ADD COLUMN locked        boolean  NOT NULL DEFAULT false,
    -- What it quotes of its section.
    ADD COLUMN quote         text
        CONSTRAINT comments_quote_length CHECK (char_length(quote) <= 1000),
    -- By what old links name it: the `comment-123` after their #.
    ADD COLUMN fragment      text
        CONSTRAINT comments_fragment_length CHECK (char_length(fragment) BETWEEN 1 AND 200),
    -- Mentions in it, so that nobody looks for those of a comment that has none.
    ADD COLUMN mention_count smallint NOT NULL DEFAULT 0,
    ADD CONSTRAINT comments_pinned_root CHECK (pin_no IS NULL OR parent_id IS NULL),
    ADD CONSTRAINT comments_quote_of_section CHECK (quote IS NULL OR section_id IS NOT NULL);
UPDATE comments SET rank = round(extract(epoch FROM created_at) * 1000000 / 172800);
ALTER TABLE comments ALTER COLUMN rank SET NOT NULL;
CREATE INDEX comments_top ON comments (article_id, rank, position) WHERE parent_id IS NULL AND shown;
CREATE INDEX comments_of_section ON comments (article_id, section_id, position)
    WHERE parent_id IS NULL AND shown AND section_id IS NOT NULL;
CREATE INDEX comments_top_of_section ON comments (article_id, section_id, rank, position)
    WHERE parent_id IS NULL AND shown AND section_id IS NOT NULL;
CREATE INDEX comments_pinned ON comments (article_id, pin_no) WHERE pin_no IS NOT NULL;
CREATE INDEX comments_locked ON comments (root_id, path) WHERE locked;
CREATE UNIQUE INDEX comments_fragment_key ON comments (article_id, fragment) WHERE fragment IS NOT NULL;
-- Counters change far more often than anything that is indexed: room for them on the same page.
ALTER TABLE comments SET (fillfactor = 90);
