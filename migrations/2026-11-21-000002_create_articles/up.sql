-- Articles, their sections, authors, tags, earlier revisions and every address they ever had.
CREATE TABLE articles (
    id             uuid        PRIMARY KEY,
    revision       bigint      NOT NULL DEFAULT 1,
    slug           text        NOT NULL,
    title          text        NOT NULL,
    summary        text        NOT NULL DEFAULT '',
    locale         text        NOT NULL DEFAULT 'en',
    status         text        NOT NULL DEFAULT 'draft'
        CONSTRAINT articles_status CHECK (status IN ('draft', 'published')),
    body_markdown  text        NOT NULL,
    -- Derived from the Markdown at write time by one function; `renderer` says by which version of it.
    body_html      text        NOT NULL,
    body_text      text        NOT NULL,
    excerpt        text        NOT NULL,
    sections       jsonb       NOT NULL,
    renderer       smallint    NOT NULL,
    comments_open  boolean     NOT NULL DEFAULT true,
    guests_allowed boolean     NOT NULL DEFAULT true,
    -- Everything a reader or guest writes waits for a moderator.
    premoderated   boolean     NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    published_at   timestamptz,
    CONSTRAINT articles_published_has_date CHECK (status <> 'published' OR published_at IS NOT NULL)
);
CREATE INDEX articles_published ON articles (published_at DESC, id DESC) WHERE status = 'published';
CREATE INDEX articles_drafts ON articles (id DESC) WHERE status = 'draft';

-- Every slug an article has or had. A slug never changes hands, so an old link never leads elsewhere.
-- It is taken before its article is inserted, which needs to know it: hence the deferred reference.
CREATE TABLE article_slugs (
    slug       text PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES articles ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT article_slugs_of_article UNIQUE (article_id, slug)
);
ALTER TABLE articles
    ADD CONSTRAINT articles_slug_is_registered FOREIGN KEY (id, slug)
        REFERENCES article_slugs (article_id, slug) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT articles_slug_key UNIQUE (slug);

-- The text that an edit replaced: which revision it was, who replaced it and when.
CREATE TABLE article_revisions (
    article_id    uuid        NOT NULL REFERENCES articles ON DELETE CASCADE,
    revision      bigint      NOT NULL,
    title         text        NOT NULL,
    summary       text        NOT NULL,
    body_markdown text        NOT NULL,
    edited_by     uuid        REFERENCES accounts ON DELETE SET NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (article_id, revision)
);

CREATE TABLE article_authors (
    article_id uuid     NOT NULL REFERENCES articles ON DELETE CASCADE,
    account_id uuid     NOT NULL REFERENCES accounts,
    position   smallint NOT NULL,
    PRIMARY KEY (article_id, account_id)
);
CREATE INDEX article_authors_by_account ON article_authors (account_id, article_id);

CREATE TABLE tags (
    id   uuid PRIMARY KEY,
    slug text NOT NULL CONSTRAINT tags_slug_key UNIQUE,
    name text NOT NULL
);

CREATE TABLE article_tags (
    article_id uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    tag_id     uuid NOT NULL REFERENCES tags ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
);
CREATE INDEX article_tags_by_tag ON article_tags (tag_id, article_id);

-- Addresses from before: `/2018/06/old-permalink`, `/?p=11`, `/2018/06/old-permalink#comment-123`. Answered by
-- GET /v1/resolve. `comment_id` has no foreign key: comments come after articles.
CREATE TABLE article_addresses (
    path       text PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES articles ON DELETE CASCADE,
    comment_id uuid
);
CREATE INDEX article_addresses_by_article ON article_addresses (article_id);
