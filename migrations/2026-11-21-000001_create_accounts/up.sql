-- People, how they prove who they are, and the keys their access tokens are signed with.
-- An e-mail address is never in clear: a keyed hash finds it, a sealed value lets us write to it.
CREATE TABLE accounts (
    id            uuid        PRIMARY KEY,
    revision      bigint      NOT NULL DEFAULT 1,
    display_name  text        NOT NULL
        CONSTRAINT accounts_display_name_length CHECK (char_length(display_name) BETWEEN 1 AND 80),
    role          text        NOT NULL DEFAULT 'reader'
        CONSTRAINT accounts_role CHECK (role IN ('reader', 'coach', 'moderator', 'admin')),
    email_hash    bytea       CONSTRAINT accounts_email_hash_key UNIQUE,
    email_sealed  bytea,
    -- Null until the account is claimed: an imported coach has no password.
    password_hash text,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT accounts_email_whole CHECK ((email_hash IS NULL) = (email_sealed IS NULL))
);
CREATE INDEX accounts_by_creation ON accounts (created_at, id);
CREATE INDEX accounts_by_role ON accounts (role);

-- A sign-up waits here until the mailed code comes back; only then is there an account.
CREATE TABLE signups (
    id            uuid        PRIMARY KEY,
    code_hash     bytea       NOT NULL CONSTRAINT signups_code_hash_key UNIQUE,
    email_hash    bytea       NOT NULL,
    email_sealed  bytea       NOT NULL,
    display_name  text        NOT NULL,
    password_hash text        NOT NULL,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL
);
CREATE INDEX signups_by_email ON signups (email_hash);
CREATE INDEX signups_by_expiry ON signups (expires_at);

-- One-time codes by which somebody claims an account that was made for them.
CREATE TABLE invites (
    id         uuid        PRIMARY KEY,
    account_id uuid        NOT NULL REFERENCES accounts ON DELETE CASCADE,
    code_hash  bytea       NOT NULL CONSTRAINT invites_code_hash_key UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX invites_by_account ON invites (account_id);

-- One log-in on one device: a family of refresh tokens.
CREATE TABLE sessions (
    id         uuid        PRIMARY KEY,
    account_id uuid        NOT NULL REFERENCES accounts ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    ended_by   text
        CONSTRAINT sessions_ended_by CHECK (ended_by IN ('logout', 'reuse', 'password')),
    CONSTRAINT sessions_ended_whole CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX sessions_by_account ON sessions (account_id, id);

CREATE TABLE refresh_tokens (
    token_hash bytea       PRIMARY KEY,
    session_id uuid        NOT NULL REFERENCES sessions ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE signing_keys (
    kid            text        PRIMARY KEY,
    private_sealed bytea       NOT NULL,
    created_at     timestamptz NOT NULL,
    retired_at     timestamptz
);
