-- Whose address is whose, and which ones take mail.
SET LOCAL lock_timeout = '2s';
ALTER TABLE guests ADD COLUMN email_verified_at timestamptz;
CREATE INDEX guests_by_email ON guests (email_hash) WHERE email_hash IS NOT NULL;

-- The mail that asks a guest whether the address is theirs (double opt-in).
CREATE TABLE guest_codes (
    code_hash  bytea       PRIMARY KEY,
    guest_id   uuid        NOT NULL REFERENCES guests ON DELETE CASCADE,
    email_hash bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX guest_codes_by_email ON guest_codes (email_hash, created_at);
CREATE INDEX guest_codes_by_expiry ON guest_codes (expires_at);

ALTER TABLE mails
    -- By what the mails to one address are counted, and taken back when its owner is erased.
    ADD COLUMN to_hash bytea,
    -- What kind of mail it is, to count each by itself.
    ADD COLUMN kind    text NOT NULL DEFAULT 'other';
CREATE INDEX mails_by_address ON mails (to_hash, kind, created_at);

-- Addresses that a mail server has refused for good.
CREATE TABLE bounces (
    to_hash    bytea       PRIMARY KEY,
    bounced_at timestamptz NOT NULL,
    -- The server's status code (RFC 3463), never its words: they may repeat the address.
    status     text        NOT NULL
);
