SET LOCAL lock_timeout = '2s';
DROP TABLE comment_networks;
CREATE INDEX sanctions_by_creation ON sanctions (created_at, id);
ALTER TABLE sanctions DROP COLUMN acknowledged_at;
DROP INDEX reports_of_reporter;
CREATE INDEX reports_of_reporter ON reports (reporter_id, created_at, id);
DROP INDEX reports_of_comment;
DELETE FROM reports WHERE reporter_id IS NULL;
ALTER TABLE reports ALTER COLUMN reporter_id SET NOT NULL;
