SET LOCAL lock_timeout = '2s';
DROP TABLE desk_scans;
DROP TABLE question_answers;
DROP TABLE question_coaches;
DROP TABLE question_tags;
DROP TABLE questions;
DELETE FROM event_readers WHERE name = 'desk';
