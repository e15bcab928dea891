SET LOCAL lock_timeout = '2s';
-- Whom a mail is for, an account or a guest, so that what waits can be taken back: by whoever wants no more, or is forgotten.
ALTER TABLE mails ADD COLUMN person_id uuid;

-- Guests who turned out to have an account and are forgotten: the link in a mail that they got before still ends mails. Who they
-- were stands here as a keyed hash alone, and goes with the account.
CREATE TABLE former_people (
    former_hash bytea PRIMARY KEY,
    person_id   uuid  NOT NULL
);
CREATE INDEX former_people_by_person ON former_people (person_id);
