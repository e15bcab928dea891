-- Whom a comment calls by name: somebody who takes part in the same conversation.
CREATE TABLE mentions (
    comment_id uuid     NOT NULL REFERENCES comments ON DELETE CASCADE,
    place      smallint NOT NULL,
    account_id uuid     REFERENCES accounts,
    guest_id   uuid     REFERENCES guests,
    PRIMARY KEY (comment_id, place),
    CONSTRAINT mentions_one_person CHECK (num_nonnulls(account_id, guest_id) = 1)
);
CREATE INDEX mentions_of_account ON mentions (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX mentions_of_guest ON mentions (guest_id) WHERE guest_id IS NOT NULL;
