DROP TABLE alerts;
DROP TABLE on_call;
DROP TABLE reports;
