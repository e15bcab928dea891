ALTER TABLE audit ADD COLUMN network_hash bytea;
DROP TABLE audit_networks;
