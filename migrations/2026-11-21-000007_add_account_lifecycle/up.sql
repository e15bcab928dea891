-- What a person says of themselves, and how an account is shut: for a while by a ban, for good by its owner.
SET LOCAL lock_timeout = '2s';
ALTER TABLE accounts
    ADD COLUMN bio            text NOT NULL DEFAULT ''
        CONSTRAINT accounts_bio_length CHECK (char_length(bio) <= 1000),
    ADD COLUMN website        text
        CONSTRAINT accounts_website_length CHECK (char_length(website) <= 500),
    -- What the display name looks like (UTS #39 skeleton): names that cannot be told apart have the same.
    ADD COLUMN name_skeleton  text NOT NULL DEFAULT '',
    ADD COLUMN banned_at      timestamptz,
    -- Null while banned means for good.
    ADD COLUMN banned_until   timestamptz,
    ADD COLUMN ban_reason     text,
    -- Its owner closed it; until then it can be opened again.
    ADD COLUMN erase_at       timestamptz,
    ADD COLUMN erase_comments text
        CONSTRAINT accounts_erase_comments CHECK (erase_comments IN ('anonymise', 'remove')),
    ADD COLUMN erased_at      timestamptz,
    ADD CONSTRAINT accounts_ban_whole CHECK ((banned_at IS NULL) = (ban_reason IS NULL) AND (banned_at IS NOT NULL OR banned_until IS NULL)),
    ADD CONSTRAINT accounts_erasure_whole CHECK ((erase_at IS NULL) = (erase_comments IS NULL)),
    DROP CONSTRAINT accounts_role,
    ADD CONSTRAINT accounts_role CHECK (role IN ('reader', 'coach', 'moderator', 'admin', 'service'));
CREATE INDEX accounts_staff_names ON accounts (name_skeleton) WHERE role IN ('coach', 'moderator', 'admin');
CREATE INDEX accounts_to_erase ON accounts (erase_at) WHERE erase_at IS NOT NULL;

-- One-time codes that were mailed to the owner of an account.
CREATE TABLE account_codes (
    code_hash    bytea       PRIMARY KEY,
    account_id   uuid        NOT NULL REFERENCES accounts ON DELETE CASCADE,
    purpose      text        NOT NULL
        CONSTRAINT account_codes_purpose CHECK (purpose IN ('password', 'email')),
    -- The address to be verified; the code itself went there. Sealed beside the account's id.
    email_hash   bytea,
    email_sealed bytea,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    CONSTRAINT account_codes_email_whole
        CHECK ((email_hash IS NULL) = (email_sealed IS NULL) AND (email_hash IS NULL) = (purpose <> 'email'))
);
CREATE INDEX account_codes_by_account ON account_codes (account_id, purpose);
CREATE INDEX account_codes_by_expiry ON account_codes (expires_at);
