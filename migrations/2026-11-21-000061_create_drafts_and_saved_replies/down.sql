SET LOCAL lock_timeout = '2s';
DROP TABLE saved_replies;
DROP TABLE answer_drafts;
