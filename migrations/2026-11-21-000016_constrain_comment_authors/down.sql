SET LOCAL lock_timeout = '2s';
-- What has lost its author keeps having none; only new rows must have one again.
ALTER TABLE comments
    DROP CONSTRAINT comments_one_author,
    ADD CONSTRAINT comments_one_author CHECK (num_nonnulls(account_id, guest_id) = 1) NOT VALID;
