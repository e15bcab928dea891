SET LOCAL lock_timeout = '2s';
-- Who wants no more mails of a kind that one may do without. A person is an account or a guest: whoever forgets one forgets
-- these, too.
CREATE TABLE unsubscriptions (
    person_id  uuid        NOT NULL,
    kind       text        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, kind)
);
