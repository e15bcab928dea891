DROP TABLE account_codes;
DELETE FROM accounts WHERE role = 'service';
DROP INDEX accounts_to_erase;
DROP INDEX accounts_staff_names;
ALTER TABLE accounts
    DROP CONSTRAINT accounts_role,
    ADD CONSTRAINT accounts_role CHECK (role IN ('reader', 'coach', 'moderator', 'admin')),
    DROP CONSTRAINT accounts_erasure_whole,
    DROP CONSTRAINT accounts_ban_whole,
    DROP COLUMN erased_at,
    DROP COLUMN erase_comments,
    DROP COLUMN erase_at,
    DROP COLUMN ban_reason,
    DROP COLUMN banned_until,
    DROP COLUMN banned_at,
    DROP COLUMN name_skeleton,
    DROP COLUMN website,
    DROP COLUMN bio;
