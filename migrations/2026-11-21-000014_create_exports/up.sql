-- What somebody asked us to hand out of their own, made in the background, sealed, and forgotten after some days.
CREATE TABLE exports (
    id           uuid        PRIMARY KEY,
    account_id   uuid        NOT NULL REFERENCES accounts ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    -- Being made until then by some node; if it dies, another takes over.
    leased_until timestamptz,
    finished_at  timestamptz,
    document     bytea,
    archive      bytea,
    CONSTRAINT exports_whole
        CHECK ((finished_at IS NULL) = (document IS NULL) AND (finished_at IS NULL) = (archive IS NULL))
);
CREATE INDEX exports_by_account ON exports (account_id, id);
CREATE INDEX exports_waiting ON exports (created_at) WHERE finished_at IS NULL;

-- Who was erased and how, by id alone: to be done again after an older backup was restored.
CREATE TABLE erasures (
    account_id uuid        PRIMARY KEY,
    comments   text        NOT NULL
        CONSTRAINT erasures_comments CHECK (comments IN ('anonymise', 'remove')),
    at         timestamptz NOT NULL
);
