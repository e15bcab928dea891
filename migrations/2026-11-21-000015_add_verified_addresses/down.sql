DROP TABLE bounces;
DROP INDEX mails_by_address;
ALTER TABLE mails DROP COLUMN kind, DROP COLUMN to_hash;
DROP TABLE guest_codes;
DROP INDEX guests_by_email;
ALTER TABLE guests DROP COLUMN email_verified_at;
