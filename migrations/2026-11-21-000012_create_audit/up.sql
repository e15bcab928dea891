-- What was done that a security review would ask about, written in the transaction in which it was done. Ids only: no
-- name, address or text. Nobody changes or takes back a row; the server's role may not (see
-- `colloquy migrate up --grant-to`), and the trigger holds for the owner of the tables too.
CREATE TABLE audit (
    id         uuid        PRIMARY KEY,
    at         timestamptz NOT NULL,
    kind       text        NOT NULL,
    -- Who did it, where that was an account; an account that is erased leaves its id behind.
    actor_id   uuid,
    -- To whose account, or to what.
    subject_id uuid,
    data       jsonb       NOT NULL
);
CREATE INDEX audit_by_subject ON audit (subject_id, id);
CREATE INDEX audit_by_actor ON audit (actor_id, id);
CREATE INDEX audit_by_kind ON audit (kind, id);

-- From which network something was done is personal data and is forgotten after a while; what was done is not. So it
-- stands beside the audit, in a table that the server's role may take rows out of.
CREATE TABLE audit_networks (
    audit_id     uuid        PRIMARY KEY REFERENCES audit,
    -- Keyed hash of the network prefix that the request came from.
    network_hash bytea       NOT NULL,
    at           timestamptz NOT NULL
);
CREATE INDEX audit_networks_by_age ON audit_networks (at);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
