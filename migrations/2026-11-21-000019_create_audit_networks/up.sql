-- From which network something was done is personal data and is forgotten after a while; what was done is not. So it
-- stands beside the audit, in a table that the server's role may take rows out of.
CREATE TABLE audit_networks (
    audit_id     uuid        PRIMARY KEY REFERENCES audit,
    network_hash bytea       NOT NULL,
    at           timestamptz NOT NULL
);
CREATE INDEX audit_networks_by_age ON audit_networks (at);
CREATE INDEX audit_networks_by_network ON audit_networks (network_hash);

INSERT INTO audit_networks (audit_id, network_hash, at)
SELECT id, network_hash, at FROM audit WHERE network_hash IS NOT NULL;
ALTER TABLE audit DROP COLUMN network_hash;
