-- No guest takes the name of somebody with an account, in whatever spelling that looks like it. Names from before there
-- were skeletons have an empty one, and it cannot be worked out here: Unicode's tables are in the server. They are
-- written when such an account is next changed; until then only the names of staff among them are guarded.
CREATE INDEX CONCURRENTLY accounts_by_name ON accounts (name_skeleton) WHERE erased_at IS NULL;
