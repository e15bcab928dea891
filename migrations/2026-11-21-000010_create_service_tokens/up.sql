-- Tokens for programs: the build of a frontend, a server that posts for its readers. Each is the way in of one account
-- with the role `service`, which has the token's name and no other way in.
CREATE TABLE service_tokens (
    account_id   uuid        PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    token_hash   bytea       NOT NULL CONSTRAINT service_tokens_token_hash_key UNIQUE,
    -- Separated by blanks (RFC 6749 §3.3).
    scopes       text        NOT NULL
        CONSTRAINT service_tokens_scopes CHECK (scopes <> ''),
    created_by   uuid        REFERENCES accounts,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    -- Kept to the minute or so.
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX service_tokens_by_creation ON service_tokens (created_at, account_id);
