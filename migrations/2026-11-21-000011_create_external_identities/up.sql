-- Accounts of people who sign in with somebody else (OpenID Connect). The subject is known by its keyed hash alone.
CREATE TABLE external_identities (
    issuer       text        NOT NULL,
    subject_hash bytea       NOT NULL,
    account_id   uuid        NOT NULL REFERENCES accounts ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    -- Tokens made before are not good any more: the account's own log-out, as far as it reaches.
    valid_from   timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject_hash)
);
CREATE INDEX external_identities_by_account ON external_identities (account_id);
