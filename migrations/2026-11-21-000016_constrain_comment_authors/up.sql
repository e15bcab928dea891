-- A comment outlives its author: whoever is erased is taken off what they wrote, so that nothing ties it to them or
-- one of their comments to another.
SET LOCAL lock_timeout = '2s';
ALTER TABLE comments
    DROP CONSTRAINT comments_one_author,
    ADD CONSTRAINT comments_one_author CHECK (num_nonnulls(account_id, guest_id) <= 1) NOT VALID;
-- Every row kept the stricter one.
ALTER TABLE comments VALIDATE CONSTRAINT comments_one_author;
