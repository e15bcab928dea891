SET LOCAL lock_timeout = '2s';
-- When an admin was let read a private thread, and until when. The reason is sealed with the thread's own key.
CREATE TABLE private_accesses (
    id            uuid        PRIMARY KEY,
    thread_id     uuid        NOT NULL REFERENCES private_threads ON DELETE CASCADE,
    -- Null once the admin was erased.
    account_id    uuid        REFERENCES accounts,
    reason_sealed bytea       NOT NULL,
    at            timestamptz NOT NULL,
    until         timestamptz NOT NULL
);
CREATE INDEX private_accesses_of_thread ON private_accesses (thread_id, at);
CREATE INDEX private_accesses_of_account ON private_accesses (account_id) WHERE account_id IS NOT NULL;
