SET LOCAL lock_timeout = '2s';
DROP TABLE private_drafts;
DROP TABLE private_messages;
DROP TABLE private_coaches;
DROP TABLE private_threads;
