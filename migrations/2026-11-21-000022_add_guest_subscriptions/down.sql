ALTER TABLE guests DROP COLUMN subscribed;
