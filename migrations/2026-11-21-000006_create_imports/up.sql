-- What was imported from where, so that a second import of the same file changes nothing.
CREATE TABLE imports (
    source      text        NOT NULL,
    kind        text        NOT NULL
        CONSTRAINT imports_kind CHECK (kind IN ('account', 'article', 'comment')),
    external_id text        NOT NULL,
    local_id    uuid        NOT NULL,
    -- Of an article and its comments as they were in the file.
    digest      bytea,
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (source, kind, external_id)
);
CREATE INDEX imports_by_local_id ON imports (local_id);
