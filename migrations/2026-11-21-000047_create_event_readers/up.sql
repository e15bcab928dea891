SET LOCAL lock_timeout = '2s';
-- Who reads the events one after the other, and how far each has come: moved on in the transaction of what was made of
-- them, so that each event counts once.
CREATE TABLE event_readers (
    name   text   PRIMARY KEY,
    number bigint NOT NULL
);
