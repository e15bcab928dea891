-- One authenticator app for each account (TOTP, RFC 6238), and codes for when it is lost.
CREATE TABLE second_factors (
    account_id    uuid        PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    secret_sealed bytea       NOT NULL,
    created_at    timestamptz NOT NULL,
    -- Null until the person has shown a code of it: a secret that was never scanned locks nobody out.
    confirmed_at  timestamptz,
    -- The time step of the last code taken: each is good once.
    last_step     bigint      NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    code_hash  bytea PRIMARY KEY,
    account_id uuid  NOT NULL REFERENCES accounts ON DELETE CASCADE
);
CREATE INDEX recovery_codes_by_account ON recovery_codes (account_id);
